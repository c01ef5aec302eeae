import CSluiceSystem
import Glibc
import SluiceCore

/// Takes the daemon's signals on a thread of its own. All threads have them blocked, so that no
/// system call of theirs is interrupted and no handler ever runs.
package enum SignalThread {
  package enum Order: Sendable, Hashable { case reload, rotate, status, stop }

  /// To be called first on the main thread: threads made later inherit the mask.
  package static func block() {
    var set = all
    pthread_sigmask(SIG_BLOCK, &set, nil)
    // A peer that closes its socket or pipe is an error of that write, no signal.
    signal(SIGPIPE, SIG_IGN)
    // The Swift runtime's own handlers stop all threads to write a backtrace, which can hang. A fault
    // must end the process at once: the service manager starts it anew, and recovery does the rest.
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { signal(number, SIG_DFL) }
  }

  /// Gives each order to `receive`, on the signal thread, for as long as the process runs.
  package static func start(receive: @escaping @Sendable (Order) -> Void) {
    SystemThread.detach("signals") {
      var set = all
      while true {
        var number: Int32 = 0
        guard sigwait(&set, &number) == 0 else { continue }
        switch number {
        case SIGHUP: receive(.reload)
        case SIGUSR1: receive(.rotate)
        case SIGUSR2: receive(.status)
        default: receive(.stop)
        }
      }
    }
  }

  private static var all: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGHUP, SIGUSR1, SIGUSR2, SIGTERM, SIGINT] { sigaddset(&set, number) }
    return set
  }
}
