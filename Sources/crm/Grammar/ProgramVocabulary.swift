import CLIKit

/// The words in both languages that people type for the program's verbs and options, besides the Spanish verb with
/// which a command's summary begins and the label of a field. Words of a single command are declared with that command.
enum ProgramVocabulary {
    static var vocabulary: Vocabulary {
        Vocabulary(meanings, options: options, destructive: destructive, remedies: ProgramRemedies.all)
    }

    /// The verbs that take something away.
    private static let destructive: Set<String> = [
        "delete", "erase", "prune", "purge", "remove", "restore", "retire", "unset",
    ]

    private static var meanings: [Vocabulary.Meaning] {
        [
            .init(
                "add save set",
                """
                create new make insert crear crea nuevo nueva agregar agrega añadir añade alta registrar definir
                """
            ),
            .init(
                "show get list due",
                "get view read display ver mostrar muestra detalle consultar abrir open leer"
            ),
            .init(
                "list due show",
                "ls find search all query buscar busca encontrar listar lista listado enumerar"
            ),
            .init(
                "edit set save",
                """
                update change set modify editar edita cambia cambiar actualizar modificar poner pon fijar fija \
                establecer establece
                """
            ),
            .init("rename edit", "renombrar renombra rebautizar"),
            .init("move", "mover mueve reordenar reorder ordenar"),
            .init(
                "delete remove retire unset",
                "rm remove del destroy drop borrar borra eliminar elimina quitar quita baja"
            ),
            .init("link", "vincular connect attach associate enlazar asociar relacionar ligar"),
            .init("unlink", "desvincular detach disconnect desasociar desenlazar"),
            .init("links", "related vínculos relaciones enlaces"),
            .init("summarize", "summary sum count stats aggregate resumir resumen sumar contar totales"),
            .init("merge", "fusionar fusiona unir unificar combinar combine join consolidate dedupe"),
            .init("duplicates", "dupes dups doubles duplicados repetidos duplicate similar similares"),
            .init("import", "load cargar importar"),
            .init("export", "dump save download descargar exportar"),
        ]
    }

    /// Words for options that mean the same in every command that has them.
    private static let options: [String: String] = [
        "after": "desde después",
        "all": "todo todos todas",
        "allow-http": "permitir-http sin-cifrado",
        "at": "posición en",
        "attach": "adjuntar adjunto archivo",
        "batch-size": "lote lotes tamaño-de-lote",
        "by": "por agrupar agrupar-por",
        "chart": "gráfica gráfico",
        "columns": "columna columnas campos",
        "content-folder": "carpeta",
        "continue-on-error":
            "continuar seguir-con-errores continuar-con-errores ignore-errors skip-errors ignorar-errores",
        "create-missing": "crear-faltantes crear-los-que-faltan crear-que-faltan",
        "dates": "orden-de-fechas formato-de-fecha",
        "delete-missing": "borrar-faltantes eliminar-faltantes",
        "day": "hoy today",
        "dry-run": "simular simulación ensayar en-seco preview test simulate probar vista-previa",
        "end-date": "fecha-fin fecha-de-fin vence",
        "ended": "terminado terminada finalizado",
        "ends-at": "fecha-fin fecha-de-fin",
        "es": "español",
        "en": "inglés",
        "expires-on": "vence fecha-de-caducidad",
        "filter": "filtro",
        "following": "siguientes posteriores",
        "force": "forzar a-la-fuerza",
        "having": "teniendo con",
        "hidden": "oculto oculta ocultos",
        "ignore-unknown": "ignorar-desconocidos ignorar-desconocidas",
        "input-format": "formato-de-entrada formato",
        "journal": "diario bitácora",
        "json": "en-json como-json",
        "key": "clave llave",
        "lang": "idioma lengua language",
        "links": "vínculos enlaces",
        "map": "mapear mapeo correspondencia",
        "match": "emparejar empareja coincidir coincidencia upsert key actualizar-por",
        "match-users": "emparejar-usuarios",
        "max": "máximo",
        "measure": "medida medidas medir",
        "median": "mediana",
        "min": "mínimo",
        "avg": "promedio media average mean",
        "no-duplicates": "sin-duplicados no-duplicar sin-repetidos",
        "no-header": "sin-encabezado sin-encabezados sin-cabecera",
        "no-pager": "sin-paginar sin-paginador no-paginar",
        "occurrence": "repetición ocurrencia",
        "on-match": "al-coincidir si-coincide",
        "on-repeat": "al-repetirse si-se-repite",
        "only-empty": "solo-vacíos solo-los-vacíos",
        "pdf": "en-pdf",
        "pivot": "pivote tabla-dinámica",
        "proxy": "intermediario",
        "quantity": "cantidad cantidades",
        "quiet": "callado callada silencioso",
        "quotes": "citas citado",
        "rejects": "rechazos rechazados rechazadas",
        "repeat": "repetir repite",
        "replace": "reemplazar reemplaza",
        "required": "obligatorio requerido",
        "retired": "retirado retirada",
        "show-mapping": "mostrar-mapeo mostrar-correspondencia ver-mapeo",
        "show-template": "mostrar-plantilla ver-plantilla",
        "since": "desde inicio",
        "start-date": "fecha-inicio",
        "starts-at": "fecha-inicio",
        "sum": "suma sumar",
        "timeout": "espera esperar tiempo-de-espera",
        "total": "totales gran-total",
        "until": "hasta",
        "valid-until": "vence válida-hasta",
        "vcard-version": "versión-de-vcard versión",
        "view": "vista",
        "where": "donde filtro filtrar cuando",
        "win": "ganar gana ganada",
        "with-content": "con-contenido con-contenidos",
        "yes": "sí confirmar",
    ]
}
