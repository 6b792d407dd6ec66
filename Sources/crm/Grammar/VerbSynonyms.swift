/// Words in both languages that users may type for verbs, besides the Spanish verb at the start of the summary. An
/// error shows the correct word.
enum VerbSynonyms {
    static var add: [String] {
        [
            "create", "new", "make", "insert", "crear", "nuevo", "nueva", "agrega", "añadir", "añade", "alta",
            "registrar",
        ]
    }
    static var show: [String] {
        ["get", "view", "read", "display", "ver", "mostrar", "muestra", "detalle", "consultar", "abrir", "open"]
    }
    static var list: [String] {
        ["ls", "find", "search", "all", "query", "buscar", "busca", "encontrar", "listar", "lista", "listado"]
    }
    static var edit: [String] {
        ["update", "change", "set", "modify", "editar", "edita", "cambia", "cambiar", "actualizar", "modificar"]
    }
    static var delete: [String] {
        ["rm", "remove", "del", "destroy", "drop", "borrar", "borra", "elimina", "quitar", "quita", "baja"]
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
    static var summarize: [String] {
        ["summary", "sum", "count", "stats", "aggregate", "resumir", "resumen", "sumar", "contar", "totales"]
    }
    static var merge: [String] {
        ["fusionar", "fusiona", "unir", "unificar", "combinar", "combine", "join", "consolidate", "dedupe"]
    }
    static var duplicates: [String] {
        ["dupes", "dups", "doubles", "duplicados", "repetidos", "duplicate", "similar", "similares"]
    }
    static var importing: [String] {
        ["load", "cargar"]
    }
    static var export: [String] {
        ["dump", "save", "download", "descargar"]
    }
}
