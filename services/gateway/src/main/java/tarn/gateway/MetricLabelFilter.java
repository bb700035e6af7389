package tarn.gateway;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;

/// Replaces unknown HTTP methods in metrics by `OTHER`, so that clients cannot create labels;
/// [Route] does so for paths.
final class MetricLabelFilter {

    private static final Set<String> METHODS =
            RequestSanitizer.METHODS.stream().map(HttpMethod::name).collect(Collectors.toUnmodifiableSet());

    @Produces
    @Singleton
    MeterFilter knownMethods() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                String method = id.getTag("method");
                return method == null
                                || METHODS.contains(method)
                                || !id.getName().startsWith("http.server")
                        ? id
                        : id.replaceTags(id.getTags().stream()
                                .map(tag -> tag.getKey().equals("method") ? Tag.of("method", "OTHER") : tag)
                                .toList());
            }
        };
    }
}
