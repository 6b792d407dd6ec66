extension JSONWriter {
    /// Appends a string in quotes (RFC 8259 section 7).
    @inline(__always)
    func appendString(_ bytes: UnsafeRawBufferPointer) throws(WriteError) {
        try sink.append(UInt8(ascii: "\""))
        if let first = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) {
            let special = JSONString.nextSpecial(first, from: 0, to: bytes.count)
            if special == bytes.count {
                try sink.append(bytes)
            } else {
                try appendEscaped(first, bytes.count, special: special)
            }
        }
        try sink.append(UInt8(ascii: "\""))
    }

    /// Appends bytes in runs between those that need an escape, the first of which is at `special`.
    private func appendEscaped(_ first: UnsafePointer<UInt8>, _ count: Int, special: Int) throws(WriteError) {
        var run = 0
        var index = special
        while index < count {
            let length = first[index] < 0x80 ? 0 : UTF8Sequence.length(at: first + index, available: count - index)
            if length > 0 {
                index += length
            } else {
                try sink.append(UnsafeRawBufferPointer(start: first + run, count: index - run))
                try sink.append(JSONString.escape(first[index]))
                index += 1
                run = index
            }
            index = JSONString.nextSpecial(first, from: index, to: count)
        }
        try sink.append(UnsafeRawBufferPointer(start: first + run, count: count - run))
    }
}
