import CGumbo
import Glibc

/// One HTML text parsed as browsers do. The tree lies in memory of its own that is given back at
/// once, since Gumbo would take a tree apart by recursion, as deep as its writer likes.
final class HTMLTree {
  /// Blocks that everything is cut from.
  private var blocks: [UnsafeMutableRawPointer] = []
  private var next: UnsafeMutableRawPointer?
  private var left = 0
  private static let block = 1 << 20

  private let bytes: [UInt8]
  private var output: UnsafeMutablePointer<GumboOutput>?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  deinit {
    for block in blocks { free(block) }
  }

  /// The document's node.
  func parse() -> UnsafeMutablePointer<GumboNode>? {
    var options = kGumboDefaultOptions
    options.max_errors = 0
    options.userdata = Unmanaged.passUnretained(self).toOpaque()
    options.allocator = { tree, size in
      Unmanaged<HTMLTree>.fromOpaque(tree!).takeUnretainedValue().allocate(size)
    }
    options.deallocator = { _, _ in }
    output = bytes.withUnsafeBytes {
      gumbo_parse_with_options(
        &options, $0.baseAddress?.assumingMemoryBound(to: CChar.self) ?? nil, $0.count)
    }
    return output?.pointee.document
  }

  private func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    let size = (size + 15) & ~15
    if size > left {
      let length = max(size, Self.block)
      guard let block = malloc(length) else { return nil }
      blocks.append(block)
      (next, left) = (block, length)
    }
    defer {
      next = next.map { $0 + size }
      left -= size
    }
    return next
  }
}
