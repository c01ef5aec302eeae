#ifndef SLUICE_CLIBMAGIC_H
#define SLUICE_CLIBMAGIC_H
#include <magic.h>
#endif
