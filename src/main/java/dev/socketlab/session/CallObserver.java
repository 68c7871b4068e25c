package dev.socketlab.session;

import dev.socketlab.call.Call;
import dev.socketlab.call.Result;

/**
 * Sees the calls of all sessions as they are made, each on its own thread: what it does there is
 * time that the call takes.
 */
public interface CallObserver {
    /** Sees nothing. */
    CallObserver NONE =
            new CallObserver() {
                @Override
                public void ended(Call call, Result result, long nanos) {}

                @Override
                public void refused(Call call, RuntimeException because) {}

                @Override
                public void waitBegan(Call call) {}

                @Override
                public void waitEnded(Call call) {}
            };

    /** A call has its result. */
    void ended(Call call, Result result, long nanos);

    /** A call has none: policy, a limit or something missing is in its way. */
    void refused(Call call, RuntimeException because);

    /** A call takes the right to wait. */
    void waitBegan(Call call);

    /** A call gives it back. */
    void waitEnded(Call call);
}
