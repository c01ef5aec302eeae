// sluice-extract: the sandboxed child that opens archives, mail and documents. It is started by
// `sluiced` and `sluice`, and is of no use to a person.
// Trusts: the process that started it. Never: touches anything but the descriptors it is handed.

import Glibc
import SluiceParsers

exit(ParserProcess.run(Array(CommandLine.arguments.dropFirst())))
