package tarn.standalone;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/// Calls a service's readiness check, with a timeout of 2 s.
record ReadyProbe(URI address) {

    private static final int TIMEOUT_MILLIS = 2_000;

    URI url() {
        return address.resolve("/health/ready");
    }

    /// False also on timeout.
    boolean isReady() {
        try {
            HttpURLConnection connection = (HttpURLConnection) url().toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }
}
