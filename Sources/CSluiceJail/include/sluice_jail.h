// CSluiceJail: locks the calling process away from everything but the descriptors it holds.
// Trusts: nothing that is parsed after it. Never: opens the jail again; there is no way to.
#ifndef SLUICE_JAIL_H
#define SLUICE_JAIL_H

#include <stddef.h>
#include <stdint.h>

enum {
  SLUICE_JAIL_LIMITS = 1,
  SLUICE_JAIL_NO_NEW_PRIVILEGES = 2,
  /// No path can be opened but for reading below `readable`.
  SLUICE_JAIL_LANDLOCK = 4,
  /// Only the calls that reading an open descriptor and answering on a socket take.
  SLUICE_JAIL_SECCOMP = 8,
};

struct sluice_jail {
  /// Bytes of address space, seconds of processor time, bytes of one file, open descriptors.
  uint64_t memory, seconds, file, descriptors;
  /// A folder that stays readable; NULL for none. One that does not exist is left out.
  const char *readable;
};

/// Closes the jail. What the kernel lacks is left out: the result says what holds, and `trouble`
/// what was missing, as one line.
/// Call it before a second thread starts, and after every library is initialised.
int sluice_jail_close(const struct sluice_jail *jail, char *trouble, size_t size);

/// Tries, inside the jail, what it must forbid: `open`, `write`, `socket`, `process`, `program`,
/// `executable`, `device`, `signal` and a few more. Gives 0 where it was refused, 1 where it worked, -1 for an
/// unknown name. Where the call ends the process, it does not come back.
int sluice_jail_try(const char *deed);

#endif
