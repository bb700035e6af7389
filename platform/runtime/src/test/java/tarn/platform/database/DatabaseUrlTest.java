package tarn.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.platform.Secret;

final class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    postgresql://ada:pw@db.example.org:5433/tarn           | jdbc:postgresql://db.example.org:5433/tarn | ada     | pw
                    postgres://ada:pw@db/tarn                              | jdbc:postgresql://db:5432/tarn             | ada     | pw
                    jdbc:postgresql://db/tarn?user=ada&password=pw         | jdbc:postgresql://db:5432/tarn             | ada     | pw
                    postgresql://db/tarn                                   | jdbc:postgresql://db:5432/tarn             | -       | -
                    postgresql://ada@db/tarn                               | jdbc:postgresql://db:5432/tarn             | ada     | -
                    postgresql://a%40b:p%3Aw%2F%25@db/tarn                 | jdbc:postgresql://db:5432/tarn             | a@b     | p:w/%
                    postgresql://ada:a+b@db/tarn                           | jdbc:postgresql://db:5432/tarn             | ada     | a+b
                    postgresql://ada:a:b@db/tarn                           | jdbc:postgresql://db:5432/tarn             | ada     | a:b
                    postgresql://[::1]:5432/tarn                           | jdbc:postgresql://[::1]:5432/tarn          | -       | -
                    postgresql://db/tarn?sslmode=require&user=ada&x=1      | jdbc:postgresql://db:5432/tarn?sslmode=require&x=1 | ada | -
                    """)
    void readsWhatOperatorsWrite(String text, String jdbc, String user, String password) {
        DatabaseUrl url = DatabaseUrl.parse(text);

        assertThat(url).isEqualTo(new DatabaseUrl(jdbc, user, password == null ? null : new Secret(password)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tarn",
                "mysql://db/tarn",
                "postgresql:///tarn",
                "postgresql://db",
                "postgresql://db/",
                "postgresql://ada:p w@db/tarn",
                "postgresql://ada:100%@db/tarn"
            })
    void refusesAnythingElseInOneLineWithoutTheAddress(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TARN_DATABASE_URL is not an address like postgresql://user:password@host:5432/name")
                .hasNoCause();
    }

    @Test
    void doesNotPrintThePassword() {
        assertThat(DatabaseUrl.parse("postgresql://ada:hunter2@db/tarn").toString())
                .doesNotContain("hunter2");
    }
}
