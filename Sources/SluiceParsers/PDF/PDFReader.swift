import CPoppler
import Glibc
import SluiceCore
import SluiceExtract

/// Reads a PDF document with poppler: the text of each page, notes and form fields, where links
/// lead, what the document says of itself, and the files in it.
final class PDFReader {
  private let walk: Walk
  private let part: Part
  private let about: Walk.About

  init(_ walk: Walk, _ part: Part, _ about: Walk.About) {
    self.walk = walk
    self.part = part
    self.about = about
  }

  func read() throws(Stop) {
    walk.reply.decoder("pdf")
    var whole = part
    if part.base > 0 {
      guard let copy = try walk.copy(part, about) else { return }
      whole = copy
    }
    let descriptor = dup(whole.descriptor)
    guard descriptor >= 0 else { return try walk.text(part, about) }
    var error: UnsafeMutablePointer<GError>?
    // It takes the descriptor over, also where it fails.
    guard let document = poppler_document_new_from_fd(descriptor, nil, &error) else {
      return try unopened(error)
    }
    defer { sluice_pdf_release(UnsafeMutableRawPointer(document)) }
    let pages = Int(poppler_document_get_n_pages(document))
    if pages < 1 {
      walk.gap(about.path, .damaged, "PDF: it has no page that can be read", bytes: part.length)
      try walk.text(part, about, isTold: true)
    }
    for number in 0..<max(0, pages) {
      try walk.budget.member(about.below("page \(number + 1)"))
      try page(document, number)
    }
    metadata(document)
    try attachments(document)
  }

  private func unopened(_ error: UnsafeMutablePointer<GError>?) throws(Stop) {
    let isEncrypted = sluice_pdf_is_encrypted(error) != 0
    let message = error?.pointee.message.map { String(cString: $0) } ?? "no reason given"
    if let error { g_error_free(error) }
    if isEncrypted {
      walk.gap(about.path, .encrypted, "it opens with a password only", bytes: part.length)
    } else {
      walk.gap(about.path, .damaged, "PDF: \(message)", bytes: part.length)
    }
    try walk.text(part, about, isTold: true)
  }

  private func page(_ document: OpaquePointer, _ number: Int) throws(Stop) {
    let path = about.below("page \(number + 1)")
    guard let page = poppler_document_get_page(document, Int32(number)) else {
      return walk.gap(path, .damaged, "PDF: there is no such page", parts: 1)
    }
    defer { sluice_pdf_release(UnsafeMutableRawPointer(page)) }
    if let text = poppler_page_get_text(page) {
      let shown = String(cString: text)
      g_free(text)
      try walk.budget.expand(shown.utf8.count, path)
      walk.reply.segment(path, .body, ifAny: shown)
    }
    notes(page, path)
    fields(page, path)
    links(page, path)
  }

  private func notes(_ page: OpaquePointer, _ path: String) {
    var text = ""
    let list = poppler_page_get_annot_mapping(page)
    each(list) { data in
      let mapping = data.assumingMemoryBound(to: PopplerAnnotMapping.self)
      guard let note = mapping.pointee.annot else { return }
      take(poppler_annot_get_contents(note), into: &text)
      if sluice_pdf_is_markup(note) != 0 {
        take(poppler_annot_markup_get_label(sluice_pdf_markup(note)), into: &text)
        take(poppler_annot_markup_get_subject(sluice_pdf_markup(note)), into: &text)
      }
    }
    poppler_page_free_annot_mapping(list)
    walk.reply.segment(path + " > notes", .comment, ifAny: text)
  }

  private func fields(_ page: OpaquePointer, _ path: String) {
    var text = ""
    let list = poppler_page_get_form_field_mapping(page)
    each(list) { data in
      let mapping = data.assumingMemoryBound(to: PopplerFormFieldMapping.self)
      guard let field = mapping.pointee.field else { return }
      switch poppler_form_field_get_field_type(field) {
      case POPPLER_FORM_FIELD_TEXT: take(poppler_form_field_text_get_text(field), into: &text)
      case POPPLER_FORM_FIELD_CHOICE:
        for item in 0..<max(0, poppler_form_field_choice_get_n_items(field)) {
          take(poppler_form_field_choice_get_item(field, item), into: &text)
        }
      default: break
      }
    }
    poppler_page_free_form_field_mapping(list)
    walk.reply.segment(path + " > form", .body, ifAny: text)
  }

  private func links(_ page: OpaquePointer, _ path: String) {
    var text = ""
    let list = poppler_page_get_link_mapping(page)
    each(list) { data in
      let mapping = data.assumingMemoryBound(to: PopplerLinkMapping.self)
      guard let action = mapping.pointee.action, action.pointee.type == POPPLER_ACTION_URI,
        let target = action.pointee.uri.uri
      else { return }
      text += String(cString: target) + "\n"
    }
    poppler_page_free_link_mapping(list)
    walk.reply.segment(path + " > links", .link, ifAny: text)
  }

  private func metadata(_ document: OpaquePointer) {
    var text = ""
    take(poppler_document_get_title(document), into: &text)
    take(poppler_document_get_author(document), into: &text)
    take(poppler_document_get_subject(document), into: &text)
    take(poppler_document_get_keywords(document), into: &text)
    take(poppler_document_get_metadata(document), into: &text)
    walk.reply.segment(about.below("metadata"), .metadata, ifAny: text)
  }

  private func attachments(_ document: OpaquePointer) throws(Stop) {
    let list = poppler_document_get_attachments(document)
    defer { g_list_free(list) }
    var found: [UnsafeMutablePointer<PopplerAttachment>] = []
    each(list) { found.append($0.assumingMemoryBound(to: PopplerAttachment.self)) }
    defer { for attachment in found { sluice_pdf_release(attachment) } }
    for (index, attachment) in found.enumerated() {
      let given: UnsafeMutablePointer<CChar>? = attachment.pointee.name
      let name = given.map { Display.escape(String(cString: $0)) } ?? ""
      let inner = about.part(
        "attachment \(index + 1)" + (name.isEmpty ? "" : ": " + name), name: name)
      try walk.budget.member(inner.path)
      guard walk.slots.begin(inner.depth) != nil else {
        walk.gap(inner.path, .limit, "it lies too deep", limit: .depth, parts: 1)
        continue
      }
      let saving = Saving(walk.slots, inner.depth, room: walk.limits.partBytes)
      let isSaved = poppler_attachment_save_to_callback(
        attachment,
        { bytes, count, saving, _ in
          Unmanaged<Saving>.fromOpaque(saving!).takeUnretainedValue().add(
            UnsafeRawBufferPointer(start: bytes, count: Int(count))) ? 1 : 0
        }, Unmanaged.passUnretained(saving).toOpaque(), nil)
      try walk.budget.expand(saving.length, inner.path)
      if saving.isCut {
        walk.gap(
          inner.path, .limit,
          "what comes after its first \(walk.limits.partBytes) bytes was not examined",
          limit: .partBytes, parts: 1)
      } else if isSaved == 0 {
        walk.gap(inner.path, .damaged, "PDF: the attached file could not be read", parts: 1)
      }
      try walk.examine(walk.slots.part(inner.depth), inner)
    }
  }

  /// Takes an attached file in, up to the limit of a part.
  private final class Saving {
    private let slots: Slots
    private let depth: Int
    private let room: Int
    private(set) var length = 0
    private(set) var isCut = false

    init(_ slots: Slots, _ depth: Int, room: Int) {
      self.slots = slots
      self.depth = depth
      self.room = room
    }

    func add(_ bytes: UnsafeRawBufferPointer) -> Bool {
      let taken = UnsafeRawBufferPointer(rebasing: bytes[..<min(bytes.count, room - length)])
      guard slots.append(depth, taken) else { return false }
      length += taken.count
      isCut = taken.count < bytes.count
      return !isCut
    }
  }

  private func each(
    _ list: UnsafeMutablePointer<GList>?, _ body: (UnsafeMutableRawPointer) -> Void
  ) {
    var next = list
    while let node = next {
      if let data = node.pointee.data { body(data) }
      next = node.pointee.next
    }
  }

  /// Takes a text over that the caller owns.
  private func take(_ text: UnsafeMutablePointer<CChar>?, into all: inout String) {
    guard let text else { return }
    if text.pointee != 0 { all += String(cString: text) + "\n" }
    g_free(text)
  }

  /// A document whose opening loads what poppler needs; it stays open for good.
  static func warmUp() {
    let bytes = Array(
      """
      %PDF-1.4
      1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
      2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
      3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
      trailer<</Root 1 0 R>>

      """.utf8)
    let data = bytes.withUnsafeBytes { g_bytes_new($0.baseAddress, UInt($0.count)) }
    guard let document = poppler_document_new_from_bytes(data, nil, nil) else { return }
    if let page = poppler_document_get_page(document, 0) {
      g_free(poppler_page_get_text(page))
      sluice_pdf_release(UnsafeMutableRawPointer(page))
    }
  }
}
