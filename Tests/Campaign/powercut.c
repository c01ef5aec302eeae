/* powercut MOUNT FLAG: the file system stops as at a power cut. FLAG 2: what was not committed is
 * gone. FLAG 1: metadata is committed, delayed data is lost; this one finds a missing fsync.
 * The call is FS_IOC_SHUTDOWN of ext4, xfs and f2fs: _IOR('X', 125, __u32). */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>

int main(int count, char **arguments) {
  if (count < 3) return 2;
  uint32_t flag = (uint32_t)atoi(arguments[2]);
  int mount = open(arguments[1], O_RDONLY | O_DIRECTORY);
  if (mount < 0 || ioctl(mount, _IOR('X', 125, uint32_t), &flag)) return perror("powercut"), 1;
  return 0;
}
