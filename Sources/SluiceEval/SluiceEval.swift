// SluiceEval: how well rules find what labelled texts say is there: reading, disguises, statistics,
// reports. It judges nothing; whoever uses it hands in what the engine decided.
// Trusts: nothing in a data set; a row that is not as described is refused at its line.
// Never: shows a text of a data set unmasked unless asked, or gives a rate for a handful of rows.

/// Limits that all statistics of this target share.
package enum EvalRules {
  /// Rows below which counts are given instead of rates.
  package static let leastRows = 100
}
