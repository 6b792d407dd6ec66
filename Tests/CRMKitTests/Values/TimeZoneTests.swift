import CRMKit
import Foundation
import TestSupport
import Testing

@Suite("Time zones")
struct TimeZoneTests {
    @Test(
        "TZ takes names and POSIX rules",
        arguments: [
            ("", 0), ("UTC", 0), ("GMT", 0), ("UTC0", 0), (":America/Mexico_City", -21_600), ("<-06>6", -21_600),
            ("CST6CDT,M4.1.0,M10.5.0", -18_000), ("<+0545>-5:45", 20_700), ("EST5EDT4,J60/0,J300", -14_400),
            ("ABC-1DEF,0/0,364/0", 7200), ("/usr/share/zoneinfo/Asia/Tokyo", 32_400), ("CST6CDT", -18_000),
            ("NZST-12NZDT,M9.5.0,M4.1.0/3", 43_200),
        ]
    )
    func knownZones(TZ: String, offsetInJuly: Int64) throws {
        let clock = try fixedClock(TZ)
        let noon = try Moment(parsing: "2026-07-01T12:00", clock: clock)
        #expect(1_782_907_200 - noon.secondsSinceEpoch == offsetInJuly)
    }

    @Test(
        "An unknown TZ is an error of configuration, never a silent UTC",
        arguments: [
            "America/Atlantis", "America", "../../../etc/passwd", "zone.tab", "CST", "CS6", "CST25", "CST6CDT,M4.1.0",
            "CST6CDT,M13.1.0,M10.5.0", "CST6CDT,M4.1.7,M10.5.0", "CST6CDT,M4.1.0,M10.5.0 ", "<-06>", "/etc/passwd",
            "UTC\u{0}", " UTC", "/dev/zero",
        ]
    )
    func unknownZones(TZ: String) {
        let error = #expect(throws: CRMError.self) { try Clock.current(TZ: TZ) }
        #expect(error?.code == .configuration)
    }

    @Test(
        "Zone files agree with another reader of them",
        arguments: [
            "America/Mexico_City", "America/New_York", "Europe/Dublin", "Asia/Kolkata", "Australia/Lord_Howe",
            "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia", "Asia/Tokyo", "America/Santiago", "Etc/GMT+6",
        ]
    )
    func agreesWithPython(name: String) throws {
        let clock = try fixedClock(name)
        var generator = SeededGenerator(seed: 3)
        let moments = (0..<500).map { _ in Int64.random(in: -500_000_000..<4_000_000_000, using: &generator) }
        for (seconds, offset) in zip(moments, try Self.offsets(of: name, at: moments)) {
            let local = try fixedClock(name, at: seconds).date
            #expect(local.daysSinceEpoch == Int64((Double(seconds + offset) / 86_400).rounded(.down)), "\(seconds)")
            let start = try Moment(parsing: local.description, clock: clock)
            #expect(start.secondsSinceEpoch <= seconds)
            #expect(seconds - start.secondsSinceEpoch < 26 * 3600)
        }
    }

    /// What Python makes of the same zone files: readers that bring their own know other editions of the rules.
    private static func offsets(of name: String, at moments: [Int64]) throws -> [Int64] {
        let program = """
            import datetime, sys, zoneinfo
            zoneinfo.reset_tzpath(["/usr/share/zoneinfo"])
            zone = zoneinfo.ZoneInfo(sys.argv[1])
            for text in sys.argv[2:]:
                moment = datetime.datetime.fromtimestamp(int(text), zone)
                print(int(moment.utcoffset().total_seconds()))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", program, name] + moments.map(String.init)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let offsets = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { Int64($0) }
        try #require(offsets.count == moments.count)
        return offsets
    }

    @Test("A zone file cut anywhere is refused, never read beyond its end")
    func cutZoneFiles() throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/America/New_York"))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // The rule in the last line is not needed to read what stands before it.
        let body = try #require(bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")))
        for length in stride(from: 0, to: body, by: 37) {
            try bytes.prefix(length).write(to: folder.appendingPathComponent("Cut"))
            #expect(throws: CRMError.self, "\(length)") { try Clock.current(TZ: "Cut", TZDIR: folder.path) }
        }
    }

    @Test("Damaged zone files never crash")
    func damagedZoneFiles() throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/America/New_York"))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var generator = SeededGenerator(seed: 5)
        var refused = 0
        for _ in 0..<300 {
            let index = Int.random(in: 0..<min(bytes.count, 60), using: &generator)
            let kept = bytes[index]
            bytes[index] = UInt8.random(in: 0...255, using: &generator)
            try bytes.write(to: folder.appendingPathComponent("Damaged"))
            if let clock = try? Clock.current(TZ: "Damaged", TZDIR: folder.path) {
                _ = try? Moment(parsing: "2026-03-15 09:30", clock: clock)
            } else {
                refused += 1
            }
            bytes[index] = kept
        }
        #expect(refused > 0)
    }
}
