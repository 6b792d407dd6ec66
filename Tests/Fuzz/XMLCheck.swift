import Formats

/// Chunks change nothing, elements are closed in turn, and a document survives being written.
struct XMLCheck {
    let bytes: [UInt8]

    private struct Transcript: Equatable {
        var events: [XMLEvent] = []
        var error: XMLError?
    }

    func run() throws {
        let whole = read(bytes, chunkSize: 4096)
        let cut = read(bytes, chunkSize: FuzzTarget.chunkSize(for: bytes))
        try FuzzTarget.require(whole == cut, "chunks change nothing: \(whole) is not \(cut)")
        let depth = try depth(of: whole.events)
        guard whole.error == nil else { return }
        try FuzzTarget.require(depth == 0, "what is whole is closed: \(whole)")
        let again = read(Array(document(whole.events).utf8), chunkSize: 4096)
        try FuzzTarget.require(
            again.error == nil && bare(again.events) == bare(whole.events),
            "survives: \(again) is not \(whole)"
        )
    }

    private func read(_ bytes: [UInt8], chunkSize: Int) -> Transcript {
        var reader = XMLReader(ByteSource(bytes: bytes, chunkSize: chunkSize))
        var transcript = Transcript()
        do throws(XMLError) {
            while let event = try reader.next() { transcript.events.append(event) }
        } catch {
            transcript.error = error
        }
        return transcript
    }

    /// How many elements are left open.
    private func depth(of events: [XMLEvent]) throws -> Int {
        var open: [XMLName] = []
        for event in events {
            switch event {
            case .start(let element): open.append(element.name)
            case .end(let name):
                try FuzzTarget.require(open.popLast() == name, "\(name) closes what was opened last")
            case .text(let text):
                try FuzzTarget.require(!open.isEmpty && !text.isEmpty, "text stands within an element")
            }
        }
        return open.count
    }

    /// The events without places, texts that follow each other in one piece.
    private func bare(_ events: [XMLEvent]) -> [String] {
        var pieces: [String] = []
        var text = ""
        for event in events {
            if case .text(let piece) = event {
                text += piece
                continue
            }
            pieces.append(text)
            text = ""
            switch event {
            case .start(let element):
                pieces.append("<\(element.name)" + element.attributes.map { " \($0.name)=\($0.value)" }.joined())
            case .end(let name): pieces.append(">\(name)")
            case .text: continue
            }
        }
        return pieces
    }

    // MARK: - Writing

    /// Every name that has a namespace declares it.
    private func document(_ events: [XMLEvent]) -> String {
        var text = ""
        for event in events {
            switch event {
            case .start(let element):
                text += "<\(qualified(element.name, "e")) xmlns=\"\"\(declaration(element.name, "e"))"
                for (index, attribute) in element.attributes.enumerated() {
                    text += declaration(attribute.name, "a\(index)")
                    text += " \(qualified(attribute.name, "a\(index)"))=\"\(escaped(attribute.value))\""
                }
                text += ">"
            case .end(let name): text += "</\(qualified(name, "e"))>"
            case .text(let piece): text += escaped(piece)
            }
        }
        return text
    }

    private static let xml = "http://www.w3.org/XML/1998/namespace"

    private func qualified(_ name: XMLName, _ prefix: String) -> String {
        if name.namespace.isEmpty { return name.local }
        return name.namespace == Self.xml ? "xml:\(name.local)" : "\(prefix):\(name.local)"
    }

    private func declaration(_ name: XMLName, _ prefix: String) -> String {
        if name.namespace.isEmpty || name.namespace == Self.xml { return "" }
        return " xmlns:\(prefix)=\"\(escaped(name.namespace))\""
    }

    private func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "&", "<", ">", "\"", "\n", "\t", "\r": "&#\(scalar.value);"
            default: String(scalar)
            }
        }.joined()
    }
}
