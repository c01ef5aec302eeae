// swift-tools-version:6.2
import PackageDescription

/// Warnings are errors in every target of this package (not in its dependencies).
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

/// What reads every byte and compiles every rule is optimized in debug builds too, with all assertions
/// kept: without it the tests that judge with the shipped rules take thirty times as long. Exclusive access
/// is checked at run time in these builds, that the tests run, and not in releases: there it took three
/// fifths of the engine's time.
let quick: [SwiftSetting] =
  strict + [
    .unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug)),
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
  ]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

func library(
  _ name: String, _ dependencies: [Target.Dependency], _ settings: [SwiftSetting] = strict
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = [])
  -> Target
{
  .testTarget(
    name: name, dependencies: dependencies + ["SluiceTestSupport"], resources: resources,
    swiftSettings: strict)
}

let package = Package(
  name: "sluice",
  products: [
    .executable(name: "sluiced", targets: ["sluiced"]),
    .executable(name: "sluice", targets: ["sluice"]),
    .executable(name: "sluice-extract", targets: ["sluice-extract"]),
    // For Benchmarks/, a package of its own.
    .library(name: "SluiceBenchmark", targets: ["SluiceBenchmark"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(
      name: "CVectorscan", pkgConfig: "libhs", providers: [.apt(["libvectorscan-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(
      name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
    .systemLibrary(
      name: "CPoppler", pkgConfig: "poppler-glib", providers: [.apt(["libpoppler-glib-dev"])]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
    .systemLibrary(name: "CYtnef", pkgConfig: "libytnef", providers: [.apt(["libytnef0-dev"])]),
    .systemLibrary(name: "CLibMagic", pkgConfig: "libmagic", providers: [.apt(["libmagic-dev"])]),
    .target(name: "CSluiceSystem"),
    .target(name: "CSluiceScan"),
    .target(name: "CSluiceJail", linkerSettings: [.linkedLibrary("seccomp")]),
    .target(name: "CSluiceLook"),
    .target(name: "CSluicePictures"),

    library("SluiceCore", [], quick),
    library("SluiceRules", ["SluiceCore", crypto], quick),
    library(
      "SluiceMatch",
      ["SluiceCore", "SluiceRules", "CPCRE2", "CVectorscan", "CSluiceScan", crypto], quick),
    library("SluiceExtract", ["SluiceCore", "CSluiceSystem", "CSluiceLook"], quick),
    library(
      "SluiceParsers",
      [
        "SluiceCore", "SluiceExtract", "CSluiceSystem", "CSluiceJail", "CSluicePictures",
        "CLibArchive", "CGMime",
        "CPoppler", "CLibXML2", "CGumbo", "CLibMagic", "CYtnef",
      ]),
    library("SluiceEval", ["SluiceCore", "CZlib"]),
    library("SluiceSpool", ["SluiceCore", "CSluiceSystem"]),
    library("SluiceLog", ["SluiceCore", "CSluiceSystem", crypto]),
    library(
      "SluiceActions", ["SluiceCore", "SluiceSpool", "SluiceLog", "CSluiceSystem", crypto]),
    library(
      "SluiceDaemon",
      [
        "SluiceCore", "SluiceRules", "SluiceMatch", "SluiceExtract", "SluiceSpool", "SluiceLog",
        "SluiceActions", "CSluiceSystem", logging, crypto,
      ]),
    .executableTarget(
      name: "sluiced", dependencies: ["SluiceDaemon", arguments], swiftSettings: strict),
    .executableTarget(
      name: "sluice",
      dependencies: [
        "SluiceCore", "SluiceRules", "SluiceMatch", "SluiceExtract", "SluiceSpool", "SluiceLog",
        "SluiceActions", "SluiceDaemon", "SluiceEval", arguments,
      ], swiftSettings: strict),

    .executableTarget(
      name: "sluice-extract", dependencies: ["SluiceParsers"], swiftSettings: strict),

    library("SluiceBenchmark", ["SluiceCore", "SluiceRules", "SluiceMatch"]),
    library("SluiceTestSupport", ["SluiceCore"]),
    tests("SluiceCoreTests", ["SluiceCore"]),
    // Yams is the oracle that the reader of YAML is held against.
    tests("SluiceRulesTests", ["SluiceRules", yams, crypto], resources: [.copy("Diagnostics")]),
    tests("SluiceMatchTests", ["SluiceMatch", "SluiceRules", "CPCRE2", "CSluiceScan"]),
    tests("SluiceExtractTests", ["SluiceExtract"]),
    // The parsers are reached through the child only, as the daemon reaches them.
    tests("SluiceParsersTests", ["SluiceExtract", "SluiceDaemon", "CSluiceSystem"]),
    tests("SluiceSpoolTests", ["SluiceSpool", "CSluiceSystem"]),
    tests("SluiceLogTests", ["SluiceLog"]),
    tests("SluiceActionsTests", ["SluiceActions", "CSluiceSystem"]),
    tests("SluiceDaemonTests", ["SluiceDaemon"]),
    tests("SluiceEvalTests", ["SluiceEval"], resources: [.copy("Data")]),
    tests("SluiceEndToEndTests", ["SluiceDaemon"]),
  ],
  swiftLanguageModes: [.v6]
)

// `scripts/fuzz` sets this: a program that only the fuzzer's runtime can start.
if Context.environment["SLUICE_FUZZ_BUILD"] != nil {
  package.targets.append(
    .executableTarget(
      name: "sluice-fuzz",
      dependencies: [
        "SluiceCore", "SluiceRules", "SluiceMatch", "SluiceSpool", "SluiceLog", "SluiceActions",
        "SluiceDaemon", "SluiceTestSupport", crypto,
      ], path: "Fuzz/Site", swiftSettings: strict))
  package.products.append(.executable(name: "sluice-fuzz", targets: ["sluice-fuzz"]))
}
