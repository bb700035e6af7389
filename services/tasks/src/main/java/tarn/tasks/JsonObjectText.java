package tarn.tasks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;

/// Reads a JSON object as its text, which takes a twentieth of the memory of a tree.
final class JsonObjectText extends StdDeserializer<String> {

    private static final long serialVersionUID = 1;

    JsonObjectText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            return (String) context.handleUnexpectedToken(ObjectNode.class, parser);
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = parser.getCodec().getFactory().createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
