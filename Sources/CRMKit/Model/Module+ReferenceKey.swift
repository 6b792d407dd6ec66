extension Module {
    /// A way to name a record in a reference: `phone:5512345678` looks in several fields, and in rows of parts.
    public struct ReferenceKey: Sendable {
        /// The word before the colon.
        public let prefix: String
        /// The type whose fields are all searched for it, also those that the file adds; `nil` if the fields are named.
        private let type: FieldType?
        /// The fields it is looked for in.
        public let fields: [String]
        /// The fields it is looked for in where nothing else has the value: those of addresses and numbers that many
        /// share, ``Field/Traits/common``.
        let commonFields: [String]
        /// The rows of parts it is looked for in: those of a choice, by the part's key.
        let parts: [(part: String, choice: String)]

        /// Names the places, a field by its key, rows of a part by its name and a choice: `point.phone`.
        init(_ prefix: String, _ places: [String]) {
            var fields: [String] = []
            var parts: [(part: String, choice: String)] = []
            for place in places {
                if let dot = place.utf8.firstIndex(of: UInt8(ascii: ".")) {
                    parts.append((String(place[..<dot]), String(place[place.utf8.index(after: dot)...])))
                } else {
                    fields.append(place)
                }
            }
            self.init(prefix, fields: fields, parts: parts)
        }

        /// Looks in every field of a type, and in rows of a part of the kind that has the prefix as its choice.
        init(_ prefix: String, ofEvery type: FieldType, andPart part: String) {
            self.init(prefix, type: type, fields: [], parts: [(part, prefix)])
        }

        private init(
            _ prefix: String,
            type: FieldType? = nil,
            fields: [String],
            commonFields: [String] = [],
            parts: [(part: String, choice: String)]
        ) {
            self.prefix = prefix
            self.type = type
            self.fields = fields
            self.commonFields = commonFields
            self.parts = parts
        }

        /// All fields it is looked for in.
        var allFields: [String] { fields + commonFields }

        /// Whether it looks in all places in which another one does, and in more.
        func looksFurther(than other: ReferenceKey) -> Bool {
            other.parts.isEmpty && fields.count + parts.count > other.fields.count
                && other.fields.allSatisfy(fields.contains)
        }

        /// Returns the key with its fields among those of a module, where it looks in all of a type.
        func looking(in all: [Field]) -> ReferenceKey {
            guard let type else { return self }
            let own = all.filter { $0.type == type }
            return ReferenceKey(
                prefix,
                type: type,
                fields: own.filter { !$0.traits.contains(.common) }.map(\.key),
                commonFields: own.filter { $0.traits.contains(.common) }.map(\.key),
                parts: parts
            )
        }
    }
}
