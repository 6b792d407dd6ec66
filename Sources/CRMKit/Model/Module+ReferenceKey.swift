extension Module {
    /// A way to name a record in a reference: `phone:5512345678` looks in several fields, and in rows of parts.
    public struct ReferenceKey: Sendable {
        /// The word before the colon.
        public let prefix: String
        /// The fields it is looked for in.
        public let fields: [String]
        /// The rows of parts it is looked for in: those of a choice, by the part's key.
        let parts: [(part: String, choice: String)]

        /// Names the places, a field by its key, rows of a part by its name and a choice: `point.phone`.
        init(_ prefix: String, _ places: [String]) {
            let parts = places.compactMap { place in
                place.firstIndex(of: ".").map { dot in
                    (String(place[..<dot]), String(place[place.index(after: dot)...]))
                }
            }
            self.init(prefix, fields: places.filter { !$0.contains(".") }, parts: parts)
        }

        init(_ prefix: String, fields: [String], parts: [(part: String, choice: String)]) {
            self.prefix = prefix
            self.fields = fields
            self.parts = parts
        }

        /// Whether it looks in all places in which another one does, and in more.
        func looksFurther(than other: ReferenceKey) -> Bool {
            other.parts.isEmpty && fields.count + parts.count > other.fields.count
                && other.fields.allSatisfy(fields.contains)
        }

        /// Returns the key of an address or number, wherever a record has it, that looks in added fields too: in those
        /// that are keys and of the type of its own fields.
        func looking(in added: [Field], of module: Module) -> ReferenceKey {
            guard !parts.isEmpty, let type = fields.first.flatMap({ module.field($0) })?.type else { return self }
            let further = added.filter { $0.traits.contains(.key) && $0.type == type && !fields.contains($0.key) }
            return ReferenceKey(prefix, fields: fields + further.map(\.key), parts: parts)
        }
    }
}
