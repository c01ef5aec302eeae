#ifndef SLUICE_CLIBARCHIVE_H
#define SLUICE_CLIBARCHIVE_H
#include <archive.h>
#include <archive_entry.h>
#endif
