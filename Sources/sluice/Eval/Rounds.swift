import Dispatch
import Glibc
import SluiceCore

/// Works through a stream in rounds: while all threads work on one batch, one of them first takes in
/// the results of the batch before, in order, and reads the next.
///
/// Unchecked: `read`, `fold`, `results`, `upcoming` and `failure` are used by iteration 0 of a round
/// alone, or between rounds by the one thread that runs them; every other member is a constant, and
/// each worker is only used under its own index.
final class Rounds<Worker, Input: Sendable, Output: Sendable>: @unchecked Sendable {
  /// Inputs that a thread takes at once.
  private static var stride: Int { 8 }

  private let workers: [Worker]
  private let read: () throws -> [Input]
  private let work: (Worker, Input) -> Output
  private let fold: (Input, Output) throws -> Void
  private var results: [(Input, Output)] = []
  private var upcoming: [Input] = []
  private var failure: (any Error)?

  /// - Parameters:
  ///   - read: the next batch; empty after the last.
  ///   - work: called on several threads, each with a worker of its own.
  ///   - fold: called in order, on one thread at a time, never beside `read`.
  init(
    workers: [Worker], read: @escaping () throws -> [Input],
    work: @escaping (Worker, Input) -> Output, fold: @escaping (Input, Output) throws -> Void
  ) {
    self.workers = workers
    self.read = read
    self.work = work
    self.fold = fold
  }

  func run() throws {
    upcoming = try read()
    while !upcoming.isEmpty || !results.isEmpty {
      let batch = Batch(upcoming)
      DispatchQueue.concurrentPerform(iterations: workers.count) { index in
        if index == 0 { self.turn() }
        batch.run(stride: Self.stride) { self.work(self.workers[index], $0) }
      }
      if let failure { throw failure }
      results = batch.results
    }
  }

  /// Takes in the last batch's results and reads the batch after this one.
  private func turn() {
    do {
      for (input, output) in results { try fold(input, output) }
      upcoming = try read()
    } catch {
      failure = error
      upcoming = []
    }
  }

  /// One batch, which the threads share out among themselves.
  private final class Batch: Sendable {
    private let inputs: [Input]
    private let state: Monitor<(next: Int, outputs: [Output?])>

    init(_ inputs: [Input]) {
      self.inputs = inputs
      state = Monitor((0, Array(repeating: nil, count: inputs.count)))
    }

    func run(stride: Int, _ work: (Input) -> Output) {
      while let range = take(stride) {
        let outputs = range.map { work(inputs[$0]) }
        state.withLock { $0.outputs.replaceSubrange(range, with: outputs.map(Optional.some)) }
      }
    }

    var results: [(Input, Output)] {
      zip(inputs, state.withLock { $0.outputs }).map { ($0, $1!) }
    }

    private func take(_ stride: Int) -> Range<Int>? {
      state.withLock { state in
        guard state.next < inputs.count else { return nil }
        let range = state.next..<min(inputs.count, state.next + stride)
        state.next = range.upperBound
        return range
      }
    }
  }
}
