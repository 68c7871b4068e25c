package dev.socketlab.web.openapi;

import dev.socketlab.linux.Structure;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The schemas of C structures, from the one table of their fields. */
@SuppressWarnings({"rawtypes", "unchecked"}) // as the library declares them
final class StructureSchemas {
    /** Those whose addresses may be left out of a control message that is to be sent. */
    private static final Set<Structure> WILDCARDS =
            EnumSet.of(Structure.IN_PKTINFO, Structure.IN6_PKTINFO);

    private static final BigDecimal UINT32_MAX = BigDecimal.valueOf(0xffffffffL);

    private StructureSchemas() {}

    /** Each by its name: IP_MREQN is IpMreqn. */
    static Map<String, Schema> all() {
        Map<String, Schema> schemas = new TreeMap<>();
        for (Structure structure : Structure.values()) {
            schemas.put(ApiSchemas.name(structure), of(structure));
        }
        return schemas;
    }

    private static Schema<?> of(Structure structure) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Structure.Field field : structure.fields()) {
            properties.put(field.name(), of(field.kind()));
            if (!field.kind().isAddress() || !WILDCARDS.contains(structure)) {
                required.add(field.name());
            }
        }
        Schema<?> schema = new JsonSchema().types(Set.of("object"));
        schema.setProperties(properties);
        schema.setRequired(required);
        schema.setAdditionalProperties(false);
        return schema;
    }

    private static Schema<?> of(Structure.Kind kind) {
        return switch (kind) {
            case INT, BYTE -> integer("int32");
            case UINT -> unsigned();
            case LONG -> integer("int64");
            case IPV4 -> ApiSchemas.string().format("ipv4");
            case IPV6 -> ApiSchemas.string().format("ipv6");
        };
    }

    /** A whole number of 32 bits; generators know no unsigned one. */
    static Schema<?> unsigned() {
        return integer("int64").maximum(UINT32_MAX);
    }

    static Schema<?> integer(String format) {
        return new JsonSchema().types(Set.of("integer")).format(format);
    }
}
