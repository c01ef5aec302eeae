#ifndef SLUICE_CVECTORSCAN_H
#define SLUICE_CVECTORSCAN_H
#include <hs.h>
#endif
