import Formats

/// Chunks change neither the messages of a mailbox nor the parts of a message, parts begin and end in order, and every
/// message is a piece of the mailbox.
struct MailCheck {
    let bytes: [UInt8]

    private final class Transcript: MIMEHandler, Equatable {
        var events: [String] = []
        var bodies: [Int: [UInt8]] = [:]
        private var open: [Int] = []

        static func == (first: Transcript, second: Transcript) -> Bool {
            first.events == second.events && first.bodies == second.bodies
        }

        func begin(_ part: MIMEPart) throws {
            try FuzzTarget.require(part.parent == open.last, "\(part.index) begins within \(open)")
            open.append(part.index)
            let names = ["\(part.kind)", part.mediaType, part.fileName ?? "", part.contentID ?? ""]
            events.append(names.joined(separator: " "))
            for name in ["subject", "from", "date"] {
                guard let value = part.header.value(name) else { continue }
                let list = MailAddress.list(value)
                let again = MailAddress.list(MailAddress.text(list))
                // A quotation mark out of its place is no part of any address, and means what comes after it.
                let isTold = list.contains { $0.address.contains("\"") }
                try FuzzTarget.require(
                    isTold || again.map(\.address) == list.map(\.address),
                    "\(list) is read again, not as \(again)"
                )
                events.append("\(EncodedWords.text(value)) \(list) \(MailDate(value)?.seconds ?? 0)")
            }
        }

        func body(_ bytes: UnsafeRawBufferPointer, of part: Int) throws { bodies[part, default: []] += bytes }

        func end(_ part: MIMEPart) throws {
            try FuzzTarget.require(open.popLast() == part.index, "\(part.index) ends in its turn")
            events.append("end \(part.index)")
        }
    }

    func run() throws {
        let size = FuzzTarget.chunkSize(for: bytes)
        let whole = try parts(of: bytes, pieces: max(bytes.count, 1))
        let cut = try parts(of: bytes, pieces: size)
        try FuzzTarget.require(whole == cut, "chunks change nothing: \(whole.events) is not \(cut.events)")
        var rest = bytes[...]
        for message in try messages() where !message.isEmpty {
            guard let range = rest.firstRange(of: message) else {
                throw FuzzTarget.Violation(description: "\(message) stands in the mailbox")
            }
            rest = rest[range.upperBound...]
            _ = try parts(of: message, pieces: size)
        }
        var pages = HTMLText()
        for byte in bytes { withUnsafeBytes(of: byte) { pages.append($0) } }
        let text = pages.finish()
        try FuzzTarget.require(text.elementsEqual(HTMLText.bytes(of: bytes)), "chunks change no text of a page")
    }

    private func parts(of bytes: [UInt8], pieces size: Int) throws -> Transcript {
        let transcript = Transcript()
        var parser = MIMEParser(transcript, unquotesFrom: true)
        for start in stride(from: 0, to: bytes.count, by: size) {
            try bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { try parser.append($0) }
        }
        try parser.finish()
        return transcript
    }

    private func messages() throws -> [[UInt8]] {
        var reader = MailboxReader(RawSource(bytes: bytes))
        var messages: [[UInt8]] = []
        while true {
            var message: [UInt8] = []
            guard try reader.next({ message += $0 }) else { return messages }
            messages.append(message)
        }
    }
}
