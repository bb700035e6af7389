package tarn.platform.security;

import io.smallrye.common.net.Inet;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The `Host` names a request may have, against DNS rebinding: the public URL's, `localhost`, IP
/// addresses, the listening host and `TARN_ALLOWED_HOSTS`.
@Singleton
public final class AllowedHosts {

    /// The detail of the refusal of another host.
    public static final String DETAIL =
            "This host name is not served here. Its operator can name it in TARN_PUBLIC_URL or TARN_ALLOWED_HOSTS.";

    private final Set<String> names = new HashSet<>();

    AllowedHosts(
            @ConfigProperty(name = "tarn.public.url", defaultValue = "http://localhost:8080") URI publicUrl,
            @ConfigProperty(name = "tarn.host") Optional<String> listeningOn,
            @ConfigProperty(name = "tarn.allowed.hosts") Optional<List<String>> others) {
        names.add("localhost");
        if (publicUrl.getHost() != null) {
            names.add(plain(publicUrl.getHost()));
        }
        listeningOn.ifPresent(host -> names.add(plain(host.strip())));
        others.orElse(List.of()).forEach(name -> names.add(plain(name.strip())));
    }

    /// @param host without its port
    public boolean allow(String host) {
        String plain = plain(host);
        return names.contains(plain) || Inet.parseInetAddress(plain) != null;
    }

    /// In lower case, without the brackets of an IPv6 address and the dot of a complete name.
    private static String plain(String host) {
        String plain = host.toLowerCase(Locale.ROOT);
        if (plain.startsWith("[") && plain.endsWith("]")) {
            return plain.substring(1, plain.length() - 1);
        }
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
