import CLibXML2
import Glibc

/// What reads an XML text, piece by piece.
protocol XMLSink: AnyObject {
  /// Local names only; an attribute's value has its escapes undone.
  func enter(_ name: String, _ attributes: [(name: String, value: String)])
  func leave(_ name: String)
  func text(_ bytes: UnsafeRawBufferPointer)
  func comment(_ text: String)
  /// It has taken enough.
  var isFull: Bool { get }
}

/// Reads XML as a stream with libxml2: nothing outside the text is ever asked for, and entities that
/// multiply end the reading.
struct XMLWalk {
  /// How the reading ended.
  enum End {
    case whole
    case damaged(String)
    case expanded, full
  }

  private static let block = 64 << 10

  static func read(_ part: Part, into sink: any XMLSink, late: () -> Bool) -> End {
    read({ part.bytes($0..<min(part.length, $0 + block)) }, into: sink, late: late)
  }

  static func read(_ bytes: [UInt8], into sink: any XMLSink) -> End {
    read(
      { Array(bytes[min($0, bytes.count)..<min(bytes.count, $0 + block)]) }, into: sink,
      late: { false })
  }

  /// - Parameter next: the bytes from a place on; empty at the end.
  private static func read(
    _ next: (Int) -> [UInt8], into sink: any XMLSink, late: () -> Bool
  ) -> End {
    var handler = xmlSAXHandler()
    guard xmlSAXVersion(&handler, 2) == 0 else { return .damaged("libxml2 is not ready") }
    handler.externalSubset = nil
    handler.resolveEntity = { _, _, _ in nil }
    handler.warning = nil
    handler.error = nil
    handler.fatalError = nil
    handler.serror = nil
    handler.startElementNs = { context, name, _, _, _, _, count, _, attributes in
      guard let sink = XMLWalk.sink(context), let name else { return }
      var found: [(name: String, value: String)] = []
      for index in 0..<Int(count) {
        guard let attributes, let name = attributes[index * 5],
          let start = attributes[index * 5 + 3], let end = attributes[index * 5 + 4], end >= start
        else { continue }
        let value = UnsafeRawBufferPointer(start: start, count: end - start)
        found.append((String(cString: name), String(decoding: value, as: UTF8.self)))
      }
      sink.enter(String(cString: name), found)
    }
    handler.endElementNs = { context, name, _, _ in
      if let name { XMLWalk.sink(context)?.leave(String(cString: name)) }
    }
    handler.characters = { context, bytes, count in
      XMLWalk.sink(context)?.text(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
    }
    handler.ignorableWhitespace = handler.characters
    handler.cdataBlock = handler.characters
    handler.comment = { context, text in
      if let text { XMLWalk.sink(context)?.comment(String(cString: text)) }
    }
    let box = Box(sink)
    guard let context = xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil) else {
      return .damaged("there is no memory to read it")
    }
    defer {
      if let document = context.pointee.myDoc { xmlFreeDoc(document) }
      context.pointee.myDoc = nil
      xmlFreeParserCtxt(context)
    }
    context.pointee._private = Unmanaged.passUnretained(box).toOpaque()
    xmlCtxtUseOptions(
      context, Int32(XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue))
    var offset = 0
    while true {
      let bytes = next(offset)
      offset += bytes.count
      let code = bytes.withUnsafeBytes {
        xmlParseChunk(
          context, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count),
          bytes.isEmpty ? 1 : 0)
      }
      if code != 0, context.pointee.wellFormed == 0 {
        let last = xmlCtxtGetLastError(context)
        if code == Int32(XML_ERR_ENTITY_LOOP.rawValue) { return .expanded }
        let message = last?.pointee.message.map { String(cString: $0) } ?? "error \(code)"
        return .damaged(String(message.trimmed))
      }
      if sink.isFull { return .full }
      if bytes.isEmpty || late() { return .whole }
    }
  }

  private final class Box {
    let sink: any XMLSink
    init(_ sink: any XMLSink) { self.sink = sink }
  }

  private static func sink(_ context: UnsafeMutableRawPointer?) -> (any XMLSink)? {
    guard let context else { return nil }
    let parser = context.assumingMemoryBound(to: xmlParserCtxt.self)
    guard let own = parser.pointee._private else { return nil }
    return Unmanaged<Box>.fromOpaque(own).takeUnretainedValue().sink
  }
}
