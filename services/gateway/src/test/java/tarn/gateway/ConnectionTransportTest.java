package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ConnectionTransportTest {

    @Test
    void tooFewFileDescriptorsAreSaidWithWhatToSet() {
        assertThat(ConnectionTransport.fewDescriptors(4_096, 1_024))
                .isEqualTo("This process may open 1024 files, which is too few for 4096 connections: raise ulimit -n to"
                        + " 5120, or lower TARN_MAX_CONNECTIONS.");
        assertThat(ConnectionTransport.fewDescriptors(4_096, 5_120)).isNull();
        assertThat(ConnectionTransport.fewDescriptors(Integer.MAX_VALUE, 5_120)).contains("2147484671");
    }
}
