/// What people write behind a number for what it counts, in English and Spanish: plurals, singulars and abbreviations.
enum UnitWords {
    /// The key of the unit that a word means: `pzas` is `pieces`.
    ///
    /// - Returns: `nil` for a word that means none of those.
    static func key(of word: String) -> String? {
        keys[Fold.fold(word.last == "." ? String(word.dropLast()) : word)]
    }

    private static let keys: [String: String] = {
        let units = [
            ("box", "box boxes caja cajas cj"), ("carton", "carton cartons cartones"),
            ("dozen", "dozen dozens doz docena docenas"), ("each", "each ea unit units unidad unidades ud uds c/u"),
            ("hours", "hours hour h hr hrs hs hora horas"), ("days", "days day d dia dias"),
            ("incidents", "incidents incident incidencia incidencias incidente incidentes"),
            ("impressions", "impressions impression impresion impresiones"),
            ("lb", "lb lbs pound pounds libra libras"), ("m", "m mt mts meter meters metre metres metro metros"),
            ("pack", "pack packs paquete paquetes paq paqs"), ("pages", "pages page pagina paginas pag pags"),
            ("pieces", "pieces piece pc pcs pieza piezas pza pzas pz pzs"), ("reams", "reams ream resma resmas"),
            ("sheet", "sheet sheets hoja hojas"), ("sq_ft", "sqft ft²"),
        ]
        var keys: [String: String] = [:]
        for (key, words) in units { for word in words.split(separator: " ") { keys[Fold.fold(String(word))] = key } }
        return keys
    }()
}
