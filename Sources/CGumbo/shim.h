#ifndef SLUICE_CGUMBO_H
#define SLUICE_CGUMBO_H
#include <gumbo.h>
#endif
