package tarn.load;

import java.time.Duration;

/// Something that is done over and over, as often as it goes.
interface Load {

    /// Does it for some time.
    Result run(Duration time) throws Exception;
}
