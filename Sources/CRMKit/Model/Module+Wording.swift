import Localization

extension Module {
    /// How sentences call one record: the label in small letters, `sales order` and `venta`. Commands and JSON have the
    /// name instead.
    public var one: Text { Text(en: label.en.lowercased(), es: label.es.lowercased()) }

    /// How sentences call several records.
    public var several: Text { Text(en: plural.en.lowercased(), es: plural.es.lowercased()) }

    /// All that people call records of the module, in either language and number.
    public var callings: [String] {
        [label.en, label.es, plural.en, plural.es] + synonyms.split(separator: " ").map(String.init)
    }

    /// What people call records that there are not and to which these come near.
    public var relatedCallings: [String] { kin.split(separator: " ").map(String.init) }

    /// The Spanish noun for a record, for sentences.
    public var spanish: SpanishNoun { SpanishNoun(label.es, plural: plural.es, gender) }

    /// How sentences call the record with an id: `sales order 5`, `la venta 5`.
    public func called(_ id: Int64) -> Text { Text(en: "\(one.en) \(id)", es: "\(spanish.the) \(id)") }

    /// How sentences call a record without an id that a change has made beside the one that is meant: `another new sales
    /// order`, `otra venta nueva`.
    public var anotherNew: Text {
        let (another, new) = (spanish.agreeing("otro", "otra"), spanish.agreeing("nuevo", "nueva"))
        return Text(en: "another new \(one.en)", es: "\(another) \(spanish.one) \(new)")
    }

    /// The same after a preposition, which Spanish joins with the article: `sales order 5`, `de la venta 5`.
    public func ofCalled(_ id: Int64) -> Text { Text(en: "\(one.en) \(id)", es: "\(spanish.ofThe) \(id)") }

    /// How lists call the record with an id: `sales order 5`, `venta 5`.
    public func numbered(_ id: Int64) -> Text { Text(en: "\(one.en) \(id)", es: "\(one.es) \(id)") }
}

extension Part {
    /// How sentences call several rows: the label in small letters.
    public var several: Text { Text(en: plural.en.lowercased(), es: plural.es.lowercased()) }
}
