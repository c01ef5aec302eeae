// SluiceParsers: every parser that is written in C, and the jail that they run in. Linked by
// `sluice-extract` alone.
// Trusts: the request's limits; nothing in the descriptor that comes with it, and none of the
// libraries, which is why nothing here can open, connect, start or map code once the jail is closed.
// Never: decides anything. It says what it read and what it could not read; the daemon checks both.

import CSluiceJail
import Glibc
import SluiceCore
import SluiceExtract

/// The life of one child: libraries first, then the jail, then one item after another.
package enum ParserProcess {
  /// The end of the socket that the daemon left.
  private static let socket: Int32 = 3
  /// Seconds of processor time after which a child leaves, so that what leaks cannot pile up, and
  /// the number of items.
  private static let longLife = 1200
  private static let manyItems = 50_000

  /// - Returns: the exit status.
  package static func run(_ arguments: [String]) -> Int32 {
    let options = ParserOptions(arguments)
    setlocale(LC_ALL, "C.UTF-8")
    // The daemon's stop must not end a child that has an item in hand; the socket's end does.
    signal(SIGTERM, SIG_IGN)
    signal(SIGINT, SIG_IGN)
    signal(SIGHUP, SIG_IGN)
    let slots = Slots(depth: options.depth)
    Warmup.run()
    let unread = PictureReader.load(options.pictures)
    var trouble = [CChar](repeating: 0, count: 1024)
    let readable = strdup("/usr/share/poppler")
    var jail = sluice_jail(
      memory: UInt64(options.memory), seconds: UInt64(longLife * 3),
      file: UInt64(options.file), descriptors: UInt64(options.depth + 64),
      readable: UnsafePointer(readable))
    let closed = sluice_jail_close(&jail, &trouble, trouble.count)
    if let deed = options.deed { return sluice_jail_try(deed) }
    var text = String(
      decoding: trouble.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if let unread { text = text.isEmpty ? unread : unread + "; " + text }
    let reply = Reply(socket: socket)
    reply.send(
      ChildHello(
        confinement: Confinement(rawValue: UInt8(closed)), trouble: text,
        decoders: Formats.decoders + PictureReader.decoders
      ).bytes)
    reply.flush()
    serve(reply, slots)
    return 0
  }

  private static func serve(_ reply: Reply, _ slots: Slots) {
    var source = RequestSource(socket: socket)
    var count = 0
    while let (request, descriptor) = source.next() {
      count += 1
      // A child whose daemon is gone, or that hangs for good, ends by itself.
      var timer = itimerval()
      timer.it_value.tv_sec = request.limits.milliseconds / 1000 + 30
      setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
      let walk = Walk(request, descriptor: descriptor, reply: reply, slots: slots)
      let examined = walk.run()
      close(descriptor)
      slots.empty()
      timer.it_value.tv_sec = 0
      setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
      let leaves = count >= manyItems || secondsUsed > longLife
      reply.send(
        ChildResult(
          id: request.id, examined: examined, expandedBytes: walk.budget.expanded, leaves: leaves
        ).bytes)
      reply.flush()
      if leaves { return }
    }
  }

  private static var secondsUsed: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
  }
}

/// What the daemon says when it starts a child.
struct ParserOptions {
  var memory = 2 << 30
  var file = 256 << 20
  var depth = 12
  var pictures = PictureReading.off
  /// Something the jail must forbid, to be tried instead of any work.
  var deed: String?

  init(_ arguments: [String]) {
    var index = 0
    while index + 1 < arguments.count {
      let value = arguments[index + 1]
      switch arguments[index] {
      case "--memory": memory = Int(value) ?? memory
      case "--file": file = Int(value) ?? file
      case "--depth": depth = min(Int(value) ?? depth, 64)
      case "--pictures": pictures = PictureReading(rawValue: value) ?? .off
      case "--try": deed = value
      default: break
      }
      index += 2
    }
  }
}
