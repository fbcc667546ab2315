using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LmNotebooks.Practice;

/// <summary>Runs a reader's code that works with tensors, and frees them. A product of tensors that do not fit would
/// end the process, since TorchSharp's matmul does not hand on what libtorch throws: here it is an exception like any
/// other.</summary>
internal static class TensorCode
{
    private const string Unfit = "libtorch gave up. In most cases the shapes or the types of two tensors do not fit in "
        + "a matmul: look at the shape and the dtype of both.";

    /// <summary>In libstdc++ and in libc++: std::set_terminate.</summary>
    private const string SetTerminate = "_ZSt13set_terminatePFvvE";

    private static readonly string[] CppLibraries = ["libstdc++.so.6", "libc++abi.dylib"];

    private delegate void Handler();

    private delegate nint Setter(nint handler);

    private static readonly Handler Ending = Park;   // held, since native code points to it
    private static readonly nint Before = Install();

    /// <summary>Tells the caller why this thread will not come back; null on threads that run no reader's
    /// code.</summary>
    [ThreadStatic]
    private static Action? giveUp;

    /// <exception cref="Exception">Whatever the code throws.</exception>
    /// <exception cref="InvalidOperationException">libtorch has thrown, and TorchSharp did not notice.</exception>
    public static T Run<T>(Func<T> code)
    {
        var (result, handled) = (new TaskCompletionSource<T>(), Before != 0);
        new Thread(() =>
        {
            giveUp = () => result.TrySetException(new InvalidOperationException(Unfit));
            try { result.TrySetResult(Scoped(code)); }
            catch (SEHException) when (!handled) { giveUp(); }   // Windows can catch it
            catch (Exception e) { result.TrySetException(e); }
        }) { IsBackground = true, Name = "tensors" }.Start();
        return result.Task.GetAwaiter().GetResult();
    }

    private static T Scoped<T>(Func<T> code)
    {
        using var scope = NewDisposeScope();
        return code();
    }

    /// <returns>The handler that was there; 0 where there is none to set.</returns>
    private static nint Install()
    {
        foreach (var name in CppLibraries)
            if (NativeLibrary.TryLoad(name, out var library)
                && NativeLibrary.TryGetExport(library, SetTerminate, out var set))
                return Marshal.GetDelegateForFunctionPointer<Setter>(set)(
                    Marshal.GetFunctionPointerForDelegate(Ending));
        return 0;
    }

    /// <summary>C++ calls this where nobody catches an exception, and ends the process if it returns. So this thread
    /// stays here for ever, and its caller goes on.</summary>
    private static void Park()
    {
        if (giveUp is null) Marshal.GetDelegateForFunctionPointer<Handler>(Before)();
        giveUp?.Invoke();
        Thread.Sleep(Timeout.Infinite);
    }
}
