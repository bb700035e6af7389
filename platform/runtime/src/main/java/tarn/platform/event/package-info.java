/// Events: what has happened to which row, written in the transaction that made it happen.
///
/// Start reading at [tarn.platform.event.Outbox].
@NullMarked
package tarn.platform.event;

import org.jspecify.annotations.NullMarked;
