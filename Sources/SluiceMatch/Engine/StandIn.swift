import CPCRE2
import SluiceCore
import SluiceRules

// A plain engine: PCRE2 over whole segments. To be replaced by the engine with plans and windows.
package struct PatternSpec: Sendable, Hashable {
  package var source: String
  package var freeSpacing: Bool
  package var caseSensitive: Bool
  package var views: ViewSet
  package var capture: Pattern.Capture
  package init(
    source: String, freeSpacing: Bool, caseSensitive: Bool, views: ViewSet, capture: Pattern.Capture
  ) {
    self.source = source
    self.freeSpacing = freeSpacing
    self.caseSensitive = caseSensitive
    self.views = views
    self.capture = capture
  }
}
package struct PatternFault: Sendable {
  package var scalar: Int
  package var length: Int
  package var code: String
  package var message: String
  package var hint: String?
}
package struct EngineOptions: Sendable { package init() {} }
package struct WorkBudget: Sendable { package init() {} }
package struct WorkCounters: Sendable {
  package var bytesScanned = 0
  package var confirmations = 0
}
package enum ExhaustedCause: Sendable { case budget }
package struct RawMatch {
  package var pattern: Int
  package var start, end, captureStart, captureEnd: Int
}
package struct MatchContext {
  package let window: UnsafeRawBufferPointer
  package let base: Int
  package let isFirst, isLast: Bool
}
package protocol MatchReceiver: AnyObject {
  func wants(pattern: Int) -> Bool
  func matched(_ match: RawMatch, context: MatchContext)
}
package final class PatternProgram: @unchecked Sendable {
  struct Code {
    var code: OpaquePointer
    var spec: PatternSpec
    var group: Int
  }
  var codes: [Code] = []
  package var jitInUse: Bool { true }
  package func plan(of pattern: Int) -> String { "naive" }
  package static func compile(_ specs: [PatternSpec], options: EngineOptions) -> (
    program: PatternProgram?, faults: [(spec: Int, fault: PatternFault)]
  ) {
    let program = PatternProgram()
    var faults: [(spec: Int, fault: PatternFault)] = []
    for (index, spec) in specs.enumerated() {
      var error: Int32 = 0
      var offset = 0
      var flags = UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP)
      if !spec.caseSensitive { flags |= UInt32(PCRE2_CASELESS) }
      if spec.freeSpacing { flags |= UInt32(PCRE2_EXTENDED) }
      let bytes = Array(spec.source.utf8)
      guard let code = pcre2_compile_8(bytes, bytes.count, flags, &error, &offset, nil) else {
        var message = [UInt8](repeating: 0, count: 256)
        let size = pcre2_get_error_message_8(error, &message, message.count)
        let scalar = bytes.prefix(offset).count { $0 & 0xC0 != 0x80 }
        faults.append(
          (
            index,
            PatternFault(
              scalar: scalar, length: 1, code: "regex-syntax",
              message: String(decoding: message.prefix(max(0, Int(size))), as: UTF8.self), hint: nil
            )
          ))
        continue
      }
      var group = 0
      switch spec.capture {
      case .number(let n): group = n
      case .name(let name):
        group = Int(pcre2_substring_number_from_name_8(code, Array(name.utf8) + [0]))
      }
      pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
      program.codes.append(Code(code: code, spec: spec, group: group))
    }
    return faults.isEmpty ? (program, []) : (nil, faults)
  }
}
package final class PatternScanner {
  let program: PatternProgram
  var view = View.text
  var buffer: [UInt8] = []
  package var work = WorkCounters()
  package var exhausted: ExhaustedCause?
  let data = pcre2_match_data_create_8(64, nil)
  package init(program: PatternProgram, budget: WorkBudget) { self.program = program }
  package func begin(view: View) {
    self.view = view
    buffer.removeAll(keepingCapacity: true)
  }
  package func feed(_ bytes: UnsafeRawBufferPointer, last: Bool, to receiver: any MatchReceiver) {
    buffer.append(contentsOf: bytes)
    guard last else { return }
    work.bytesScanned += buffer.count
    buffer.withUnsafeBytes { whole in
      let context = MatchContext(window: whole, base: 0, isFirst: true, isLast: true)
      guard let subject = whole.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      for (index, code) in program.codes.enumerated()
      where code.spec.views.contains(ViewSet(view)) && receiver.wants(pattern: index) {
        var at = 0
        while at <= whole.count {
          let rc = pcre2_match_8(
            code.code, subject, whole.count, at, UInt32(PCRE2_NO_UTF_CHECK), data, nil)
          work.confirmations += 1
          if rc < -1 { exhausted = .budget }
          if rc < 0 { break }
          let v = pcre2_get_ovector_pointer_8(data)!
          let start = Int(v[0])
          let end = Int(v[1])
          let g = code.group
          receiver.matched(
            RawMatch(
              pattern: index, start: start, end: end, captureStart: Int(bitPattern: UInt(v[2 * g])),
              captureEnd: Int(bitPattern: UInt(v[2 * g + 1]))), context: context)
          at = start + 1
          while at < whole.count, subject[at] & 0xC0 == 0x80 { at += 1 }
        }
      }
    }
  }
}
extension WorkCounters {
  package var named: [(String, Int)] {
    [("bytes", bytesScanned), ("confirmations", confirmations)]
  }
}
extension PatternScanner {
  package func resetWork() {
    work = WorkCounters()
    exhausted = nil
  }
}
