/// Events: changes of rows, written in the transaction that made them.
///
/// Start reading at [tarn.platform.event.Outbox], which writes them, and
/// [tarn.platform.event.Feed], which reads them.
@NullMarked
package tarn.platform.event;

import org.jspecify.annotations.NullMarked;
