// SluiceDaemon: configuration and wiring; a spool, a log and a generation of rules become a service.
// Trusts: the configuration, root, and the daemon's own user; of callers on the control socket only
// what the kernel says of who they are.
// Never: parses what was dropped, decides a verdict, or writes a record of its own format.
//
// Threads, each a real one with a name, none from the cooperative pool:
//   main       signals, the service manager, timers (retention, checkpoints of state)
//   intake     finds and claims, puts claims into the bounded queue
//   worker-N   opens, extracts, examines; one Extractor and one Examiner each
//   commit     records and acts
//   reload     reads, compiles, tests and swaps a generation, on request
//   control    accepts on the control socket; a short-lived thread a connection
//   events     feeds the on_event command from the log
//
// Locks are leaves: no thread holds two, and none is held over a system call on the way of an item.
