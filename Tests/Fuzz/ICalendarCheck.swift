import Formats

/// Chunks change nothing, and every property and component survives being written.
struct ICalendarCheck {
    let bytes: [UInt8]

    private struct Transcript: Equatable {
        var components: [CalendarComponent] = []
        var calendars: [[ContentProperty]] = []
        var errors: [String] = []
        var raw: [[UInt8]] = []
    }

    func run() throws {
        let whole = read(bytes, chunkSize: 4096)
        let cut = read(bytes, chunkSize: FuzzTarget.chunkSize(for: bytes))
        try FuzzTarget.require(whole == cut, "chunks change nothing: \(whole) is not \(cut)")
        let sink = ByteSink.memory()
        let writer = ICalendarWriter(sink)
        try writer.begin(product: "-//check//EN")
        for component in whole.components { try writer.write(component) }
        try writer.end()
        let again = read(sink.bytes, chunkSize: 4096)
        try FuzzTarget.require(again.errors.isEmpty, "what is written is read: \(again.errors)")
        try FuzzTarget.require(again.components == whole.components, "\(whole.components) survive: \(again.components)")
    }

    private func read(_ bytes: [UInt8], chunkSize: Int) -> Transcript {
        var reader = ICalendarReader(ByteSource(bytes: bytes, chunkSize: chunkSize))
        var transcript = Transcript()
        while true {
            do throws(ICalendarError) {
                guard let component = try reader.next() else { return transcript }
                transcript.components.append(component)
                transcript.calendars.append(reader.calendar)
            } catch {
                transcript.errors.append("\(error)")
            }
            transcript.raw.append(reader.rawComponent)
        }
    }
}
