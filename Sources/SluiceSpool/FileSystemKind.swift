/// File systems that cannot hold a spool, by the magic number of `statfs` (linux/magic.h, and the
/// out-of-tree ones from the statfs(2) page and coreutils' stat.c).
enum FileSystemKind {
  static func unsuitable(_ magic: Int64) -> String? {
    switch magic {
    case 0x6969: "NFS"
    case 0x517B, 0xFE53_4D42, 0xFF53_4D42: "SMB"
    case 0x5346_414F, 0x6B41_4653: "AFS"
    case 0x0102_1997: "9P"
    case 0x00C3_6400: "Ceph"
    case 0x7375_7245: "Coda"
    case 0x6573_5546: "FUSE"
    case 0x0BD0_0BD0: "Lustre"
    case 0x4750_4653: "GPFS"
    case 0x4D44, 0x2011_BAB0: "FAT"
    case 0x5346_544E, 0x7366_746E: "NTFS"
    case 0x9660: "ISO 9660"
    case 0x7371_7368: "SquashFS"
    case 0x9FA0: "proc"
    case 0x6265_6572: "sysfs"
    default: nil
    }
  }
}
