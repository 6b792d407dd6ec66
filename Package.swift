// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "crm",
    products: [
        .executable(name: "crm", targets: ["crm"]),
        .library(name: "CRMKit", targets: ["CRMKit"]),
    ],
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CSHA256"),
        .target(name: "Localization"),
        .target(name: "SQLite", dependencies: ["CSQLite"]),
        .target(
            name: "Formats",
            dependencies: ["CSHA256"],
            exclude: ["HTML/generate-html-entities.py", "Encoding/generate-character-sets.py"]
        ),
        .target(
            name: "CRMKit",
            dependencies: ["SQLite", "Formats", "Localization"],
            exclude: ["Unicode/generate-unicode-tables.py"]
        ),
        .target(name: "CLIKit", dependencies: ["Localization"]),
        .executableTarget(name: "crm", dependencies: ["CRMKit", "CLIKit", "Formats", "Localization"]),
        .target(name: "TestSupport", path: "Tests/Support"),
        .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "TestSupport"]),
        .target(
            name: "FuzzTargets",
            dependencies: ["Formats"],
            path: "Tests/Fuzz",
            exclude: ["Corpus", "LibFuzzer", "fuzz.sh"]
        ),
        .testTarget(name: "FormatsTests", dependencies: ["Formats", "FuzzTargets", "TestSupport"]),
        .testTarget(
            name: "CRMKitTests",
            dependencies: ["CRMKit", "TestSupport"],
            exclude: ["Store/Files", "Store/Golden"]
        ),
        .testTarget(name: "CLIKitTests", dependencies: ["CLIKit", "TestSupport"]),
        .testTarget(
            name: "CommandTests",
            dependencies: ["crm", "CRMKit", "CLIKit", "Localization", "FuzzTargets", "TestSupport"]
        ),
        .testTarget(name: "SourceTests"),
        .testTarget(name: "AcceptanceTests", dependencies: ["crm"], exclude: ["Golden"]),
    ],
    swiftLanguageModes: [.v6]
)
