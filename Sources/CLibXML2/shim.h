#ifndef SLUICE_CLIBXML2_H
#define SLUICE_CLIBXML2_H
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#endif
