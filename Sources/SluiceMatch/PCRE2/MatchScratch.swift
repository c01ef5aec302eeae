import CPCRE2

/// What one thread needs to run PCRE2: match data, a context with limits, a stack for machine code.
final class MatchScratch {
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?
  private let offsets: UnsafeMutablePointer<Int>
  private var isLimited = false

  /// - Parameter groups: the most groups of any expression that will be run.
  init(groups: Int) {
    data = pcre2_match_data_create_8(UInt32(groups + 1), nil)
    context = pcre2_match_context_create_8(nil)
    stack = pcre2_jit_stack_create_8(32 << 10, 1 << 20, nil)
    if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
    pcre2_set_match_limit_8(context, 2_000_000)
    pcre2_set_heap_limit_8(context, 20_000)
    offsets = pcre2_get_ovector_pointer_8(data)
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    if let stack { pcre2_jit_stack_free_8(stack) }
  }

  /// The first start in `range` (byte offsets in `subject`) at which the expression matches, with
  /// the whole subject as context.
  ///
  /// - Returns: PCRE2's result: positive for a match, -1 for none, below for an error.
  func search(
    _ code: ExpressionCode, in subject: UnsafeRawBufferPointer, starts range: ClosedRange<Int>
  ) -> Int32 {
    pcre2_set_offset_limit_8(context, range.upperBound)
    isLimited = true
    return run(code, in: subject, from: range.lowerBound)
  }

  /// Whether an anchored expression matches at `start`; results as those of `search`.
  func match(_ code: ExpressionCode, in subject: UnsafeRawBufferPointer, at start: Int) -> Int32 {
    if isLimited {
      // No limit; the header's name for it is a cast that Swift does not import.
      pcre2_set_offset_limit_8(context, Int(bitPattern: UInt.max))
      isLimited = false
    }
    return run(code, in: subject, from: start)
  }

  @inline(__always)
  private func run(
    _ code: ExpressionCode, in subject: UnsafeRawBufferPointer, from start: Int
  ) -> Int32 {
    let text = subject.baseAddress!.assumingMemoryBound(to: UInt8.self)
    // The direct way leaves out checks of arguments that are sure here.
    return code.hasJIT
      ? pcre2_jit_match_8(code.code, text, subject.count, start, 0, data, context)
      : pcre2_match_8(
        code.code, text, subject.count, start, PCRE2_NO_UTF_CHECK, data, context)
  }

  /// Whether a result says that a limit for one call was met.
  static func isLimit(_ result: Int32) -> Bool { result == PCRE2_ERROR_MATCHLIMIT }

  /// The last match.
  var start: Int { offsets[0] }
  var end: Int { offsets[1] }

  /// A group of the last match; nil where it took no part.
  func group(_ number: Int) -> Range<Int>? {
    let (start, end) = (offsets[2 * number], offsets[2 * number + 1])
    return start >= 0 && end >= start ? start..<end : nil
  }
}
