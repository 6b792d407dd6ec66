import Localization

/// The placeholders for values of options and operands in documents. Those that are the same in both languages are
/// written where they are used.
enum Placeholder {
    static var action: Text { Text(en: "ACTION", es: "ACCIÓN") }
    static var character: Text { Text(en: "CHAR", es: "CARÁCTER") }
    static var choice: Text { Text(en: "CHOICE", es: "OPCIÓN") }
    static var mapping: Text { Text(en: "COLUMN=FIELD", es: "COLUMNA=CAMPO") }
    static var command: Text { Text(en: "COMMAND", es: "COMANDO") }
    static var currency: Text { Text(en: "CURRENCY", es: "MONEDA") }
    static var date: Text { Text(en: "DATE", es: "FECHA") }
    static var field: Text { Text(en: "FIELD", es: "CAMPO") }
    static var fieldOrDate: Text { Text(en: "FIELD|DATE", es: "CAMPO|FECHA") }
    static var fields: Text { Text(en: "FIELDS", es: "CAMPOS") }
    static var file: Text { Text(en: "FILE", es: "ARCHIVO") }
    static var filter: Text { Text(en: "FILTER", es: "FILTRO") }
    static var folder: Text { Text(en: "FOLDER", es: "CARPETA") }
    static var format: Text { Text(en: "FORMAT", es: "FORMATO") }
    static var from: Text { Text(en: "FROM", es: "DE") }
    static var key: Text { Text(en: "KEY", es: "CLAVE") }
    static var kind: Text { Text(en: "KIND", es: "CLASE") }
    static var label: Text { Text(en: "LABEL", es: "ETIQUETA") }
    static var language: Text { Text(en: "LANG", es: "IDIOMA") }
    static var list: Text { Text(en: "LIST", es: "LISTA") }
    static var mark: Text { Text(en: "MARK", es: "MARCA") }
    static var module: Text { Text(en: "MODULE", es: "MÓDULO") }
    static var choiceField: Text { Text(en: "MODULE.FIELD", es: "MÓDULO.CAMPO") }
    static var moduleOrID: Text { Text(en: "MODULE|ID", es: "MÓDULO|ID") }
    static var name: Text { Text(en: "NAME", es: "NOMBRE") }
    static var order: Text { Text(en: "ORDER", es: "ORDEN") }
    static var other: Text { Text(en: "OTHER", es: "OTRO") }
    static var percent: Text { Text(en: "PERCENT", es: "PORCENTAJE") }
    static var position: Text { Text(en: "POSITION", es: "POSICIÓN") }
    static var rate: Text { Text(en: "RATE", es: "TIPO") }
    static var row: Text { Text(en: "ROW", es: "FILA") }
    static var seconds: Text { Text(en: "SECONDS", es: "SEGUNDOS") }
    static var to: Text { Text(en: "TO", es: "A") }
    static var type: Text { Text(en: "TYPE", es: "TIPO") }
    static var value: Text { Text(en: "VALUE", es: "VALOR") }
    static var words: Text { Text(en: "WORDS", es: "PALABRAS") }
    static var version: Text { Text(en: "VERSION", es: "VERSIÓN") }
}
