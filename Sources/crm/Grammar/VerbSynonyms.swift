/// Other words that people write for verbs, in both languages, beside the Spanish one that a verb's summary begins with. An
/// error says what to write instead.
enum VerbSynonyms {
    static var add: [String] {
        ["create", "new", "make", "insert", "crear", "nuevo", "nueva", "añadir", "alta", "registrar"]
    }
    static var show: [String] {
        ["get", "view", "read", "display", "ver", "mostrar", "detalle", "consultar"]
    }
    static var list: [String] {
        ["ls", "find", "search", "all", "query", "buscar", "encontrar", "lista", "listado"]
    }
    static var edit: [String] {
        ["update", "change", "set", "modify", "editar", "cambiar", "actualizar", "modificar"]
    }
    static var delete: [String] {
        ["rm", "remove", "del", "destroy", "drop", "borrar", "quitar", "baja"]
    }
    static var link: [String] {
        ["vincular", "connect", "attach", "associate", "enlazar", "asociar", "relacionar", "ligar"]
    }
    static var unlink: [String] {
        ["desvincular", "detach", "disconnect", "desasociar", "desenlazar"]
    }
    static var links: [String] {
        ["related", "vínculos", "relaciones", "enlaces"]
    }
    static var importing: [String] {
        ["load", "cargar"]
    }
    static var export: [String] {
        ["dump", "save", "download", "descargar"]
    }
}
