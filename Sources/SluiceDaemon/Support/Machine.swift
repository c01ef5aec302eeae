import CSluiceSystem
import Glibc
import SluiceCore
import SluiceExtract

/// Facts of the machine and of what confines this process, for the start record and status.
enum Machine {
  /// Cores this process may use.
  static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// What keeps this process in bounds, as the kernel tells.
  /// - Parameter child: what the process that opens items said of itself.
  static func confinement(_ child: ChildHello) -> JSON {
    let status = (try? StateFile.read("/proc/self/status", limit: 1 << 16)) ?? []
    var facts: [String: String] = [:]
    for line in String(decoding: status, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      facts[String(parts[0])] = String(parts[1].drop { $0 == "\t" || $0 == " " })
    }
    return .object([
      .init("user", .int(Int(geteuid()))),
      .init("no_new_privileges", .bool(facts["NoNewPrivs"] == "1")),
      .init("seccomp", .bool(facts["Seccomp"] == "2")),
      .init("capabilities", .string(facts["CapEff"] ?? "unknown")),
      .init("write_execute_denied", .bool(sluice_denies_write_execute() == 1)),
      .init("extractor", .array(child.confinement.names.map(JSON.string))),
      .init("extractor_lacks", child.trouble.isEmpty ? .null : .string(child.trouble)),
    ])
  }

  /// Resident memory in bytes; 0 where it is not known.
  static var residentBytes: Int {
    let text = (try? StateFile.read("/proc/self/statm", limit: 4096)) ?? []
    let fields = String(decoding: text, as: UTF8.self).split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
  }
}
