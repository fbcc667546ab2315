using LmNotebooks.Kernel.Commands;

return await CommandLine.RunAsync(args);
