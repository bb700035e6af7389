/// A sample service: the least that uses everything the platform gives to a service, so that the
/// platform is tested as it is used.
@NullMarked
package tarn.testing.sample;

import org.jspecify.annotations.NullMarked;
