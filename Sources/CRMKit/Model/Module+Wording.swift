import Localization

extension Module {
    /// The noun for one record in sentences: the label in lower case, `sales order` and `venta`. Commands and JSON use
    /// the name instead.
    public var one: Text { Text(en: label.en.lowercased(), es: label.es.lowercased()) }

    /// The noun for several records in sentences.
    public var several: Text { Text(en: plural.en.lowercased(), es: plural.es.lowercased()) }

    /// All that people call records of the module, in either language and number.
    public var synonyms: [String] {
        [label.en, label.es, plural.en, plural.es] + otherWords.split(separator: " ").map(String.init)
    }

    /// Words that people use for kinds of records that do not exist here and that these come close to.
    public var relatedWords: [String] { kin.split(separator: " ").map(String.init) }

    /// The Spanish noun for a record, for sentences.
    public var spanish: SpanishNoun { SpanishNoun(label.es, plural: plural.es, gender) }

    /// The words for the record with an id in sentences: `sales order 5`, `la venta 5`.
    public func called(_ id: Int64) -> Text { Text(en: "\(one.en) \(id)", es: "\(spanish.the) \(id)") }

    /// The words for a further record without an id, made by the same change: `another new sales order`, `otra venta
    /// nueva`.
    public var anotherNew: Text {
        let (another, new) = (spanish.agreeing("otro", "otra"), spanish.agreeing("nuevo", "nueva"))
        return Text(en: "another new \(one.en)", es: "\(another) \(spanish.one) \(new)")
    }

    /// The words for the record with an id after the preposition "of", which Spanish contracts with the article: `sales
    /// order 5`, `de la venta 5`.
    public func ofCalled(_ id: Int64) -> Text { Text(en: "\(one.en) \(id)", es: "\(spanish.ofThe) \(id)") }

    /// The words for the record with an id in lists: `sales order 5`, `venta 5`.
    public func numbered(_ id: Int64) -> Text { Text(en: "\(one.en) \(id)", es: "\(one.es) \(id)") }
}

extension Part {
    /// The noun for several rows in sentences: the label in lower case.
    public var several: Text { Text(en: plural.en.lowercased(), es: plural.es.lowercased()) }
}
