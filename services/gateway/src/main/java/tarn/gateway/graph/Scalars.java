package tarn.gateway.graph;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/// Scalars passed on as text; services validate them, so that GraphQL and REST refuse alike.
final class Scalars {

    static final GraphQLScalarType DATE_TIME = GraphQLScalarType.newScalar()
            .name("DateTime")
            .coercing(new Written(false))
            .build();

    static final GraphQLScalarType DATE_OR_TIME = GraphQLScalarType.newScalar()
            .name("DateOrTime")
            .coercing(new Written(false))
            .build();

    static final GraphQLScalarType DECIMAL = GraphQLScalarType.newScalar()
            .name("Decimal")
            .coercing(new Written(true))
            .build();

    private static final int MAX_DIGITS = 300;

    private Scalars() {}

    /// @param numbers whether numbers are accepted: literals in a query keep all digits, but JSON
    /// variables only when whole, since others would already be rounded
    private record Written(boolean numbers) implements Coercing<String, String> {

        /// A number of thirty characters can expand to a thousand million digits.
        private static boolean isShort(BigDecimal number) {
            return Math.abs((long) number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS;
        }

        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            return value.toString();
        }

        @Override
        public String parseValue(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof String text) {
                return text;
            }
            if (numbers && (value instanceof Integer || value instanceof Long || value instanceof BigInteger)) {
                return value.toString();
            }
            throw CoercingParseValueException.newCoercingParseValueException()
                    .message("It must be written as text.")
                    .build();
        }

        @Override
        public String parseLiteral(
                Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
            return switch (literal) {
                case StringValue text -> text.getValue();
                case IntValue number when numbers -> number.getValue().toString();
                case FloatValue number
                when numbers && isShort(number.getValue()) -> number.getValue().toPlainString();
                default ->
                    throw CoercingParseLiteralException.newCoercingParseLiteralException()
                            .message("It must be written as text.")
                            .build();
            };
        }
    }
}
