// swift-tools-version:6.2
import PackageDescription

/// Programs that measure Sluice from outside; `scripts/bench-peers` builds and runs them.
let package = Package(
  name: "sluice-benchmarks",
  dependencies: [.package(name: "sluice", path: "..")],
  targets: [
    .executableTarget(
      name: "engine-bench",
      dependencies: [.product(name: "SluiceBenchmark", package: "sluice")],
      swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")])
  ],
  swiftLanguageModes: [.v6]
)
