import SluiceActions
import SluiceCore
import SluiceLog

/// What the control socket answers. docs/control.md lists it for callers.
package struct ControlRoutes: Sendable {
  let parts: Parts
  let reloader: Reloader

  package func answer(_ request: ControlRequest) -> ControlResponse {
    guard let first = request.path.first else {
      return .refusal(404, "unknown-path", "nothing lies at this path; /status does")
    }
    switch first {
    case "status": return read(request, "GET") { .json(StatusReport(parts).json) }
    case "metrics":
      return read(request, "GET") {
        .text(MetricsReport(parts).text, type: Metrics.contentType)
      }
    case "reload": return write(request, "POST") { reload() }
    case "rotate": return write(request, "POST") { rotate() }
    case "probation": return probation(request)
    case "quarantine": return QuarantineRoutes(parts: parts, request: request).answer()
    case "allowances": return QuarantineRoutes(parts: parts, request: request).allowances()
    default: return .refusal(404, "unknown-path", "nothing lies at this path")
    }
  }

  func read(_ request: ControlRequest, _ method: String, _ body: () -> ControlResponse)
    -> ControlResponse
  {
    guard request.method == method else { return Self.wrongMethod(method) }
    guard request.caller.mayRead else { return Self.forbidden(request) }
    return body()
  }

  func write(_ request: ControlRequest, _ method: String, _ body: () -> ControlResponse)
    -> ControlResponse
  {
    guard request.method == method else { return Self.wrongMethod(method) }
    guard request.caller.mayWrite else { return Self.forbidden(request) }
    return body()
  }

  static func wrongMethod(_ method: String) -> ControlResponse {
    var response = ControlResponse.refusal(405, "wrong-method", "only \(method) works here")
    response.headers = [("Allow", method)]
    return response
  }

  static func forbidden(_ request: ControlRequest) -> ControlResponse {
    .refusal(403, "forbidden", "\(request.caller.name) may not do this")
  }

  private func reload() -> ControlResponse {
    guard let outcome = reloader.requestAndWait() else {
      return .refusal(503, "stopping", "the daemon stops")
    }
    func names(_ ids: [String]) -> JSON { .array(ids.map(JSON.string)) }
    return .json(
      .object([
        .init("accepted", .bool(outcome.accepted)),
        .init("generation", outcome.generation.map(JSON.string) ?? .null),
        .init("added", names(outcome.change.added)),
        .init("removed", names(outcome.change.removed)),
        .init("changed", names(outcome.change.changed)),
        .init("diagnostics", .array(outcome.diagnostics.map(StatusReport.diagnostic))),
      ]), status: outcome.accepted ? 200 : 422)
  }

  private func rotate() -> ControlResponse {
    do throws(LogError) {
      try parts.recorder.log.rotate()
      return .json(.object([.init("rotated", .bool(true))]))
    } catch {
      return .refusal(500, error.code.rawValue, error.message)
    }
  }

  private func probation(_ request: ControlRequest) -> ControlResponse {
    switch request.path.count {
    case 1:
      return read(request, "GET") {
        .json(
          .object([
            .init(
              "rules",
              .array(
                parts.guardian.entries.map { entry in
                  guard case .object(let members) = StatusReport.probation(entry) else {
                    return .null
                  }
                  let items = entry.hitItems.map { JSON.string($0.description) }
                  return .object(members + [.init("hit_items", .array(items))])
                }))
          ]))
      }
    case 3 where request.path[2] == "arm":
      return write(request, "POST") { arm(request.path[1], request) }
    case 3 where request.path[2] == "release":
      return write(request, "POST") {
        QuarantineRoutes(parts: parts, request: request).release(
          hitBy: request.path[1],
          entry: parts.guardian.entries.first { $0.rule == request.path[1] })
      }
    default: return .refusal(404, "unknown-path", "nothing lies at this path")
    }
  }

  private func arm(_ rule: String, _ request: ControlRequest) -> ControlResponse {
    do {
      guard try parts.guardian.rearm(rule) else {
        return .refusal(404, "not-disarmed", "no rule of that id is disarmed")
      }
      try parts.recorder.record([
        LogRecord(
          .ruleArmed,
          [
            .init("rule", .string(rule)), .init("who", request.caller.actor.json),
            .init("why", request.text("why").map(JSON.string) ?? .null),
          ])
      ])
      return .json(.object([.init("armed", .string(rule))]))
    } catch {
      return .refusal(500, "system", "\(error)")
    }
  }
}
