using LmNotebooks.Kernel.Commands;

OpenMp.SleepWhenIdle();
return await CommandLine.RunAsync(args);
