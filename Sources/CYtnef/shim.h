// libytnef's header asks for others to be there before it, and keeps its properties' kinds in
// macros that Swift does not import.
#ifndef SLUICE_CYTNEF_H
#define SLUICE_CYTNEF_H
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ytnef.h>

enum {
  SLUICE_TNEF_STRING = 0x1E,
  SLUICE_TNEF_UNICODE = 0x1F,
  SLUICE_TNEF_OBJECT = 0x0D,
  SLUICE_TNEF_BINARY = 0x102,
  SLUICE_TNEF_SUBJECT = 0x0037,
  SLUICE_TNEF_BODY = 0x1000,
  SLUICE_TNEF_RICH_TEXT = 0x1009,
  SLUICE_TNEF_HTML = 0x1013,
  SLUICE_TNEF_DATA = 0x3701,
  SLUICE_TNEF_SHORT_NAME = 0x3704,
  SLUICE_TNEF_LONG_NAME = 0x3707
};
#endif
