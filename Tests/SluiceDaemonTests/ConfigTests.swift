import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceDaemon

@Suite struct ConfigTests {
  private func read(_ text: String) -> ConfigReading {
    ConfigReader.read(Array(text.utf8), path: "sluice.yaml")
  }

  @Test("Every default is a value of its key, and an empty file gives the defaults")
  func defaults() {
    let reading = read("")
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.config.spoolPath == "/var/spool/sluice")
    #expect(reading.config.writerWait == Nanoseconds(seconds: 600))
    #expect(reading.config.logRetain == nil)
    #expect(reading.config.outputMode == nil)
    #expect(Set(ConfigTable.keys.map(\.name)).count == ConfigTable.keys.count)
  }

  @Test("A whole config is read")
  func whole() {
    let reading = read(
      """
      spool: {path: /s, mode: foreign, settle: 5s}
      rules:
        paths: [/a, "/b c"]
        require_signatures: true
      limits:
        writer_wait: 90min
        quarantine_bytes: 3GiB
      output: {mode: '0604', group: www-data}
      messages:
        - {language: en, text: Please read with care., help: "0800 000", country: GB}
      policies:
        - {name: mail, sources: [mail*], thresholds: {annotate: 30, quarantine: 60}}
      retain: 90d
      on_event: [/bin/cat, -u]
      workers: 3
      """)
    #expect(reading.diagnostics == [])
    let config = reading.config
    #expect(config.spoolPath == "/s" && config.spoolMode == .foreign)
    #expect(config.rulePaths == ["/a", "/b c"] && config.requireSignatures)
    #expect(config.writerWait.seconds == 5400 && config.quarantineBytes == 3 << 30)
    #expect(config.outputMode == 0o604 && config.outputGroup == "www-data")
    #expect(config.messages.first?.help == "0800 000")
    #expect(config.policies.first?.quarantine == 60)
    #expect(config.retain == Nanoseconds(seconds: 90 * 86_400))
    #expect(config.onEvent == ["/bin/cat", "-u"] && config.workers == 3)
  }

  @Test(
    "Each mistake is told with its place and how to mend it",
    arguments: [
      (
        "limits:\n  writer_wiat: 10min\n",
        """
        sluice.yaml:2:3: error: [unknown-key] unknown key 'limits.writer_wiat'
              writer_wiat: 10min
              ^~~~~~~~~~~
          hint: did you mean 'writer_wait'?
        """
      ),
      (
        "retain: 90\n",
        """
        sluice.yaml:1:9: error: [missing-unit] retain: '90' has no unit; the units are ms, s, min, h, d
            retain: 90
                    ^~
          hint: for example 30s
        """
      ),
      (
        "log:\n  rotate: 64MB\n",
        """
        sluice.yaml:2:11: error: [wrong-unit] log.rotate: 'MB' is no unit of a size; the units are B, KiB, MiB, GiB, TiB
              rotate: 64MB
                      ^~~~
          hint: for example 64MiB
        """
      ),
      (
        "probation: {share: 200}\n",
        """
        sluice.yaml:1:20: error: [out-of-range] probation.share: 200 is not between 1 and 100
            probation: {share: 200}
                               ^~~
        """
      ),
      (
        "spool: /var/spool\n",
        """
        sluice.yaml:1:8: error: [wrong-type] 'spool' must be a mapping of keys, but is a text
            spool: /var/spool
                   ^
        """
      ),
      (
        "writer_wait: 5s\n",
        """
        sluice.yaml:1:1: error: [unknown-key] unknown key 'writer_wait'
            writer_wait: 5s
            ^~~~~~~~~~~
          hint: it stands as 'writer_wait' in 'limits'
        """
      ),
    ])
  func diagnostics(_ text: String, _ expected: String) {
    #expect(read(text).diagnostics.map(\.rendered) == [expected])
  }

  @Test("All mistakes of a file are told in one run")
  func allAtOnce() {
    let reading = read("workers: -1\nnope: 1\nspool: {mode: shred, settle: soon}\nretain:\n")
    #expect(
      reading.diagnostics.map(\.code).sorted() == [
        "empty-value", "not-a-duration", "out-of-range", "unknown-key", "unknown-value",
      ])
  }

  @Test("A config with any bytes changed is accepted, or refused at a place")
  func mutations() {
    let valid = Array(ConfigReference.example.utf8).filter { $0 != UInt8(ascii: "#") }
    var generator = SplitMix(state: 7)
    for _ in 0..<3000 {
      var bytes = Array(valid.shuffledWindow(using: &generator))
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: index)
        default:
          bytes.insert(
            Array(":-[]{}\"'&*|>#% \n\t".utf8).randomElement(using: &generator)!, at: index)
        }
        if bytes.isEmpty { bytes = [32] }
      }
      for diagnostic in ConfigReader.read(bytes, path: "fuzz.yaml").diagnostics {
        #expect(diagnostic.line != nil && !diagnostic.message.isEmpty)
      }
    }
  }

  @Test("A change of a key that takes a restart is named; others are not")
  func restart() {
    let source = ConfigSource(path: "sluice.yaml")
    let old = read("spool: {path: /a}\nretain: 1d\n")
    let new = read("spool: {path: /b}\nretain: 2d\nworkers: 4\n")
    let found = source.changesThatNeedRestart(from: old, to: new)
    #expect(
      found.map(\.message) == [
        "a change of 'spool.path' takes a restart", "a change of 'workers' takes a restart",
      ])
    #expect(found.map(\.line) == [1, 3])
  }

  @Test("What the command line sets outranks the file and may not change under it")
  func overrides() throws {
    let source = try DaemonArguments(
      spool: "/s/", rules: ["/r"], log: "/l", workers: 2
    ).source()
    let config = source.read().config
    #expect(config.spoolPath == "/s" && config.rulePaths == ["/r"] && config.workers == 2)
    #expect(config.controlSocket == "/l/state/control.sock")
    #expect(throws: DaemonArguments.Fault.self) { try DaemonArguments(spool: "/s").source() }
  }

  @Test("The example file is a config of nothing but defaults")
  func example() {
    let lines = ConfigReference.example.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(read(ConfigReference.example).settings.isEmpty)
    let open = lines.filter { $0.hasPrefix("#") && !$0.hasPrefix("##") }.map { $0.dropFirst() }
    let keys = open.filter { !$0.isEmpty }.joined(separator: "\n")
    let reading = read(keys)
    #expect(reading.diagnostics == [])
    #expect(reading.settings.count == ConfigTable.keys.count)
  }

  @Test(
    "The example and the manual page in the repository are those of the table",
    arguments: ["docs/sluice.yaml", "docs/man/sluice.yaml.5"])
  func drift(_ path: String) throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let there = try StateFile.read("/" + root + "/" + path)
    let made = path.hasSuffix(".5") ? ConfigReference.manual : ConfigReference.example
    #expect(String(decoding: there, as: UTF8.self) == made)
  }
}

extension [UInt8] {
  /// A run of whole lines, so that mutations meet every part of the file.
  fileprivate func shuffledWindow(using generator: inout SplitMix) -> [UInt8] {
    let lines = split(separator: 10)
    let start = Int.random(in: 0..<lines.count, using: &generator)
    let count = Int.random(in: 1...40, using: &generator)
    return Array(lines[start...].prefix(count).joined(separator: [10]))
  }
}
