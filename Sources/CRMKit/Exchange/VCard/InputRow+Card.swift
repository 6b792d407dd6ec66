extension CardContents: RowContents {
    var format: InputFormat { .vcard }
}

extension InputRow {
    /// The contents of the row's card; `nil` for a row that is none.
    var card: CardContents? { isCard ? contents as? CardContents : nil }
}
